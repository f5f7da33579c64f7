import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";
import type { Destination } from "./destination.ts";
import type { IngressClass } from "./ingress-class.ts";
import { requireName } from "./name.ts";
import type { NetworkPeer } from "./network-peer.ts";
import { CallSite } from "./source-location.ts";
import type { TrustPolicy } from "./trust-policy.ts";

/** What can verify signatures on a cluster. */
const signatureEngines = ["kyverno", "policy-controller"] as const;

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
  /** Which images may run in the namespaces of systems; a unit of `TrustPolicyAdmission` brings it to the cluster. @default any image */
  readonly trust?: TrustPolicy;
  /**
   * Who verifies signatures there. policy-controller writes digests into what it admits, so that images without one would differ from Git:
   * where it runs, every environment asks for digests.
   * @default nobody
   */
  readonly signatureEngine?: (typeof signatureEngines)[number];
}

/** Where environments run; an environment has one or more. */
export interface ClusterDefinition extends ClusterProps {
  readonly callSite: CallSite;
}

/**
 * Defines a cluster.
 *
 * @throws UserError when the name cannot be used, the signature engine is none, or signatures are asked for and nobody verifies them, or the other way round
 */
export function defineCluster(props: ClusterProps): ClusterDefinition {
  requireName("cluster", props.name);
  const { signatureEngine } = props;
  // types are not checked when definitions are rendered
  if (signatureEngine !== undefined && !signatureEngines.includes(signatureEngine)) {
    throw new UserError(`the signature engine '${signatureEngine}' of cluster '${props.name}' is none`, {
      hint: `the engines are: ${nearestNames(signatureEngine, signatureEngines)}`,
    });
  }
  const signed = Object.keys(props.trust?.signatures ?? {});
  if (signed.length > 0 && signatureEngine === undefined) {
    throw new UserError(`the trust policy of cluster '${props.name}' asks for signatures, which nobody verifies there`, {
      hint: "say signatureEngine, and install that engine on the cluster",
    });
  }
  if (signed.length === 0 && signatureEngine !== undefined) {
    throw new UserError(`cluster '${props.name}' has the signature engine '${signatureEngine}', but nothing must be signed there`, {
      hint: "say signatures in its trust policy, or leave signatureEngine out",
    });
  }
  return { ...props, callSite: CallSite.of(defineCluster) };
}
