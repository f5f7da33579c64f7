import { entriesOf, textsOf } from "./entries-of.ts";

/** The parts of a VirtualService that rules read. @see https://istio.io/latest/docs/reference/config/networking/virtual-service/ */
export interface VirtualServiceSpec {
  readonly hosts?: readonly string[];
  /** @default `mesh` alone */
  readonly gateways?: readonly string[];
  readonly http?: readonly VirtualRoute[];
  readonly tls?: readonly VirtualRoute[];
  readonly tcp?: readonly VirtualRoute[];
}

/** One entry under `http`, `tls` or `tcp`. */
export interface VirtualRoute {
  readonly match?: readonly { readonly gateways?: readonly string[] }[];
  readonly route?: readonly WeightedDestination[];
  readonly mirror?: DestinationDocument;
  readonly mirrors?: readonly { readonly destination?: DestinationDocument }[];
}

/** A destination and its share of the requests. */
export interface WeightedDestination {
  readonly destination?: DestinationDocument;
  readonly weight?: number;
}

/** Where requests go: a host of the mesh, and perhaps only some of its Pods. */
export interface DestinationDocument {
  readonly host?: string;
  readonly subset?: string;
  readonly port?: { readonly number?: number };
}

/** Every route of a VirtualService, whatever its protocol. */
export function virtualRoutes({ http, tls, tcp }: VirtualServiceSpec): VirtualRoute[] {
  return [...entriesOf(http), ...entriesOf(tls), ...entriesOf(tcp)];
}

/** The gateways that single routes are for. */
export function matchedGateways(spec: VirtualServiceSpec): string[] {
  return virtualRoutes(spec).flatMap(({ match }) => entriesOf(match).flatMap(({ gateways }) => textsOf(gateways)));
}
