/** A Service, as a host of the mesh names it. */
export interface ServiceHost {
  readonly service: string;
  readonly namespace: string;
}

/** The domain of a cluster, unless somebody chose another. */
const clusterDomain = ".svc.cluster.local";

/**
 * The Service that Istio takes a host for: `catalogue` in the object's own namespace, `catalogue.bookshop-dev.svc.cluster.local` in any.
 * `undefined` where it takes the host as it stands: an address outside, a wildcard, and `catalogue.bookshop-dev`, since only names
 * without a dot are completed.
 *
 * @param namespace - of the object that names the host
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination
 */
export function serviceOfHost(host: string, namespace: string): ServiceHost | undefined {
  if (host === "" || host.startsWith("*") || host.includes(":")) return undefined;
  if (!host.includes(".")) return { service: host, namespace };
  return host.endsWith(clusterDomain) ? halves(host.slice(0, -clusterDomain.length)) : undefined;
}

/** The Service that was probably meant by `catalogue.bookshop-dev` or `catalogue.bookshop-dev.svc`. */
export function shortenedHost(host: string): ServiceHost | undefined {
  return halves(host.endsWith(".svc") ? host.slice(0, -".svc".length) : host);
}

/** The whole name, which Istio takes in every namespace. */
export function fullHost({ service, namespace }: ServiceHost): string {
  return `${service}.${namespace}${clusterDomain}`;
}

function halves(name: string): ServiceHost | undefined {
  const [service = "", namespace, ...rest] = name.split(".");
  return service === "" || namespace === undefined || namespace === "" || rest.length > 0 ? undefined : { service, namespace };
}
