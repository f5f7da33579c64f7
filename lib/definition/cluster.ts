import type { Destination } from "./destination.ts";
import type { IngressClass } from "./ingress-class.ts";
import { requireName } from "./name.ts";
import type { NetworkPeer } from "./network-peer.ts";
import { CallSite } from "./source-location.ts";

/** How a service mesh treats the Pods of a cluster. */
export interface MeshProps {
  /**
   * `ambient`: node proxies, nothing injected. `sidecar`: injected by istiod with istio-cni on the nodes, so that no privileged init container
   * enters a Pod (the restricted Pod Security Standard refuses those), and as native sidecars (Istio's own default from 1.27 on), so that Jobs end.
   */
  readonly mode: "ambient" | "sidecar";
  /** istiod, which sidecars take configuration and certificates from. */
  readonly controlPlane: NetworkPeer;
  /** The Pods of the ingress gateway. */
  readonly ingressGateway: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
}

/** What an author says of a cluster. */
export interface ClusterProps {
  readonly name: string;
  readonly destination: Destination;
  /** What runs there, as `<major>.<minor>.<patch>`: fields are written as these versions know them. */
  readonly versions: {
    /** Kubernetes' own. @default not known: nothing is said of APIs that it does not serve */
    readonly kubernetes?: string;
    /** The External Secrets Operator's. @default no operator */
    readonly externalSecrets?: string;
    /** Istio's. @default not known */
    readonly istio?: string;
  };
  /** How traffic from outside comes in. */
  readonly ingress: {
    readonly class: IngressClass;
    /** Who the traffic comes from, as a NetworkPolicy sees it: controller Pods, or a load balancer's address ranges. */
    readonly from: readonly NetworkPeer[];
    /** On Services that an Ingress leads to. @default none */
    readonly serviceAnnotations?: Readonly<Record<string, string>>;
  };
  /** Prometheus' Pods. */
  readonly scraper: NetworkPeer;
  /** The cluster's DNS servers, a cache on each node included; at least one. */
  readonly dns: readonly [NetworkPeer, ...NetworkPeer[]];
  /**
   * Who gives Pods the token of the cloud identity that their ServiceAccount's annotations name.
   * @default nobody: ServiceAccounts with annotations reach nothing more than others
   */
  readonly metadataServer?: readonly { readonly to: NetworkPeer; readonly port: number }[];
  /** @default no service mesh */
  readonly mesh?: MeshProps;
}

/** Where environments run; an environment has one or more. */
export interface ClusterDefinition extends ClusterProps {
  readonly callSite: CallSite;
}

/**
 * Defines a cluster.
 *
 * @throws UserError when the name cannot be used
 */
export function defineCluster(props: ClusterProps): ClusterDefinition {
  requireName("cluster", props.name);
  return { ...props, callSite: CallSite.of(defineCluster) };
}
