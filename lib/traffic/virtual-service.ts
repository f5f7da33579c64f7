import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";

/** Istio's word for all sidecars of the mesh, as if they were one gateway. */
export const meshGateway = "mesh";

/** A part of a route's traffic. */
export interface VirtualServiceDestination {
  /** The Service's full name: `catalogue.bookshop-dev.svc.cluster.local`. */
  readonly host: string;
  /** A subset of a DestinationRule. @default every Pod of the Service */
  readonly subset?: string;
  /** The Service's port, by number. @default the only port there is */
  readonly port?: number;
  /** Its part of the traffic in per cent. */
  readonly weight: number;
}

/** Where requests go; the first route that matches takes them. */
export interface VirtualServiceRoute {
  /** Labels of the calling Pods; only sidecars know them. @default every caller */
  readonly sourceLabels?: Readonly<Record<string, string>>;
  /** Their weights add up to 100. */
  readonly destinations: readonly VirtualServiceDestination[];
}

/** What an author says of a {@link VirtualService}. */
export interface VirtualServiceProps {
  readonly name: string;
  readonly hosts: readonly string[];
  /** `mesh` for all sidecars, or Gateways as `<name>` or `<namespace>/<name>`. @default ["mesh"] */
  readonly gateways?: readonly string[];
  /** In the order given. */
  readonly routes: readonly VirtualServiceRoute[];
}

/**
 * How requests for hosts are shared out among the versions of a Service.
 *
 * @throws UserError when the weights of a route do not add up to 100, when a route can never be reached, or when callers are told apart by
 * their labels where no sidecar reads the routes
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export class VirtualService extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<VirtualServiceProps>) {
    super(scope, id);
    const { context, name, hosts, gateways = [meshGateway], routes } = props;
    if (hosts.length === 0) throw new UserError(`virtual service '${name}' has no host`);
    requireReachable(name, gateways, routes);
    for (const route of routes) requireWeights(name, route);
    new ApiObject(this, "virtual-service", {
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata: objectMetadata(context, name),
      spec: { hosts: [...hosts], gateways: [...gateways], http: routes.map(httpRoute) },
    });
  }
}

function requireReachable(name: string, gateways: readonly string[], routes: readonly VirtualServiceRoute[]): void {
  const last = routes.length - 1;
  if (last < 0 || routes.findIndex(({ sourceLabels }) => sourceLabels === undefined) !== last) {
    throw new UserError(`virtual service '${name}' must end with its one route for every caller`, {
      hint: "the first route that matches takes the request, and what no route matches is answered with 404",
    });
  }
  if (last > 0 && !gateways.includes(meshGateway)) {
    throw new UserError(`virtual service '${name}' tells callers apart by their labels, but not in the mesh`, {
      hint: `add '${meshGateway}' to its gateways: only sidecars know the labels of a caller`,
    });
  }
}

function requireWeights(name: string, { destinations }: VirtualServiceRoute): void {
  const weights = destinations.map(({ weight }) => weight);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum !== 100 || weights.some((weight) => !Number.isInteger(weight) || weight < 0)) {
    throw new UserError(`the weights of a route of virtual service '${name}' do not add up to 100: got ${weights.join(" + ") || "none"}`, {
      hint: "use whole numbers from 0 to 100",
    });
  }
}

function httpRoute({ sourceLabels, destinations }: VirtualServiceRoute): object {
  return {
    // no `gateways` beside them: a match that names a gateway ignores the labels
    ...(sourceLabels && { match: [{ sourceLabels }] }),
    route: destinations.map(({ host, subset, port, weight }) => ({
      destination: { host, ...(subset !== undefined && { subset }), ...(port !== undefined && { port: { number: port } }) },
      weight,
    })),
  };
}
