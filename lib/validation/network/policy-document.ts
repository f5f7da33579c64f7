import type { LabelSelector } from "../../manifest/label-selector.ts";

/** Which way traffic goes, seen from the Pods that a policy selects. */
export type Direction = "ingress" | "egress";

/** @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#NetworkPolicySpec */
export interface NetworkPolicySpec {
  readonly podSelector?: LabelSelector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly PolicyRule[];
  readonly egress?: readonly PolicyRule[];
}

/** Peers and ports that a policy lets through; without peers everybody, without ports every port. */
export interface PolicyRule {
  readonly from?: readonly PolicyPeer[];
  readonly to?: readonly PolicyPeer[];
  readonly ports?: readonly PolicyPort[];
}

/** Pods by their labels and those of their namespace, or addresses. */
export interface PolicyPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr?: string; readonly except?: readonly string[] };
}

/** A port by number or name, or with `endPort` all from the one to the other. */
export interface PolicyPort {
  readonly port?: string | number;
  readonly endPort?: number;
  readonly protocol?: string;
}
