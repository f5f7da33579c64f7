import { entriesOf, textsOf } from "./entries-of.ts";
import { fieldsOf } from "./fields-of.ts";
import type { Manifest } from "./manifest.ts";
import { serviceOfHost } from "./service-host.ts";
import { virtualRoutes, type VirtualServiceSpec } from "./virtual-service.ts";

/** A Service that requests are led to. */
export interface Backend {
  readonly service: string;
  readonly namespace: string;
  /** By name or number; `undefined` where the Service's only port is meant. */
  readonly port: string | number | undefined;
}

interface IngressBackend {
  readonly service?: { readonly name?: string; readonly port?: { readonly name?: string; readonly number?: number } };
}

interface IngressSpec {
  readonly defaultBackend?: IngressBackend;
  readonly rules?: readonly { readonly http?: { readonly paths?: readonly { readonly backend?: IngressBackend }[] } }[];
}

interface HttpRouteSpec {
  readonly rules?: readonly { readonly backendRefs?: readonly BackendReference[] }[];
}

interface BackendReference {
  readonly group?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly port?: number;
}

/** The Services that an Ingress leads to. */
export function ingressBackends({ document }: Manifest): Backend[] {
  const { defaultBackend, rules } = fieldsOf(document.spec as IngressSpec | undefined);
  const paths = entriesOf(rules).flatMap(({ http }) => entriesOf(fieldsOf(http).paths));
  return [defaultBackend, ...paths.map(({ backend }) => backend)].flatMap((backend) => {
    const { name, port } = fieldsOf(fieldsOf(backend).service);
    if (name === undefined) return [];
    return [{ service: name, namespace: document.metadata.namespace ?? "", port: port?.name ?? port?.number }];
  });
}

/** The Services that an HTTPRoute leads to. */
export function httpRouteBackends({ document }: Manifest): Backend[] {
  const { rules } = fieldsOf(document.spec as HttpRouteSpec | undefined);
  return entriesOf(rules)
    .flatMap(({ backendRefs }) => entriesOf(backendRefs))
    .flatMap(({ group = "", kind = "Service", name, namespace = document.metadata.namespace ?? "", port }) =>
      group === "" && kind === "Service" && name !== undefined ? [{ service: name, namespace, port }] : [],
    );
}

/** The Services that a VirtualService leads requests to which come in by a gateway; none where it is for the mesh alone. */
export function gatewayBackends({ document }: Manifest): Backend[] {
  const spec = fieldsOf(document.spec as VirtualServiceSpec | undefined);
  if (!hasGateway(spec.gateways)) return [];
  return virtualRoutes(spec)
    .filter(
      ({ match }) =>
        entriesOf(match).length === 0 || entriesOf(match).some(({ gateways }) => gateways === undefined || hasGateway(gateways)),
    )
    .flatMap(({ route }) => entriesOf(route))
    .flatMap(({ destination }) => {
      const { host, port } = fieldsOf(destination);
      const target = typeof host === "string" ? serviceOfHost(host, document.metadata.namespace ?? "") : undefined;
      return target === undefined ? [] : [{ ...target, port: port?.number }];
    });
}

function hasGateway(gateways: readonly string[] | undefined): boolean {
  return textsOf(gateways).some((gateway) => gateway !== "mesh");
}
