import type { Destination } from "./destination.ts";
import { requireName } from "./name.ts";
import type { NetworkPeer } from "./network-peer.ts";
import { CallSite } from "./source-location.ts";

/** How a service mesh treats the Pods of a cluster. */
export interface MeshProps {
  /**
   * `ambient`: node proxies, nothing injected. `sidecar`: injected by istiod with istio-cni on the nodes, so that no privileged init container
   * enters a Pod (the restricted Pod Security Standard refuses those).
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
    /** The External Secrets Operator's. @default no operator */
    readonly externalSecrets?: string;
  };
  /** How traffic from outside comes in. */
  readonly ingress: {
    /** @see https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class */
    readonly className: string;
    /** Who the traffic comes from, as a NetworkPolicy sees it: controller Pods, or a load balancer's address ranges. */
    readonly from: readonly NetworkPeer[];
  };
  /** Prometheus' Pods. */
  readonly scraper: NetworkPeer;
  /** The cluster's DNS servers. */
  readonly dns: NetworkPeer;
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
