import { Construct } from "constructs";
import { k8s } from "cdk8s-plus-28";
import type { NetworkPeer } from "../definition/network-peer.ts";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import { requirePort } from "./port.ts";

/**
 * Every policy isolates its Pods both ways; what it does not list is refused. With egress rules that is the API's own default, and so left out.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#NetworkPolicySpec
 */
const bothWays: Pick<k8s.NetworkPolicySpec, "policyTypes"> = { policyTypes: ["Ingress", "Egress"] };

/** Where a {@link WorkloadNetworkPolicy} lets its Pods be reached from. */
export interface NetworkIngressRule {
  readonly from: readonly NetworkPeer[];
  /** TCP ports of the Pods, by number. */
  readonly ports: readonly number[];
}

/** Where a {@link WorkloadNetworkPolicy} lets its Pods go. */
export interface NetworkEgressRule {
  readonly to: readonly NetworkPeer[];
  /** TCP ports of the peers' Pods or addresses, by number. */
  readonly ports: readonly number[];
}

/** What an author says of a {@link DefaultDeny}. */
export interface DefaultDenyProps {
  /** @default "default-deny" */
  readonly name?: string;
}

/**
 * Refuses all traffic to and from every Pod of the namespace; other policies then allow, one by one.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies
 */
export class DefaultDeny extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<DefaultDenyProps>) {
    super(scope, id);
    new k8s.KubeNetworkPolicy(this, "policy", {
      metadata: objectMetadata(props.context, props.name ?? "default-deny"),
      spec: { podSelector: {}, ...bothWays },
    });
  }
}

/** What an author says of a {@link DnsAccess}. */
export interface DnsAccessProps {
  /** @default "dns-access" */
  readonly name?: string;
}

/** Lets every Pod of the namespace ask the cluster's DNS servers, on port 53 by UDP and TCP. */
export class DnsAccess extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<DnsAccessProps>) {
    super(scope, id);
    const port = k8s.IntOrString.fromNumber(53);
    new k8s.KubeNetworkPolicy(this, "policy", {
      metadata: objectMetadata(props.context, props.name ?? "dns-access"),
      spec: {
        podSelector: {},
        egress: [{ to: props.context.cluster.dns.map(policyPeer), ports: [{ port, protocol: "UDP" }, { port }] }],
      },
    });
  }
}

/** What an author says of a {@link WorkloadNetworkPolicy}. */
export interface WorkloadNetworkPolicyProps {
  readonly name: string;
  /** Labels that select the Pods. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Who may reach the Pods, in the order given. @default nobody */
  readonly ingress?: readonly NetworkIngressRule[];
  /** Whom the Pods may reach, in the order given. @default nobody */
  readonly egress?: readonly NetworkEgressRule[];
}

/**
 * The traffic of one workload: what is not listed is refused, both ways.
 *
 * @throws UserError when no label selects the Pods, when a rule has no peer or no port, or when a port is none
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class WorkloadNetworkPolicy extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<WorkloadNetworkPolicyProps>) {
    super(scope, id);
    const { context, name, podLabels, ingress = [], egress = [] } = props;
    if (Object.keys(podLabels).length === 0) {
      throw new UserError(`network policy '${name}' selects its Pods by no label`, { hint: "an empty selector means every Pod" });
    }
    new k8s.KubeNetworkPolicy(this, "policy", {
      metadata: objectMetadata(context, name),
      spec: {
        podSelector: { matchLabels: podLabels },
        ...(egress.length === 0 && bothWays),
        ...(ingress.length > 0 && {
          ingress: ingress.map(({ from, ports }) => ({
            from: policyPeers(name, "ingress", from),
            ports: policyPorts(name, "ingress", ports),
          })),
        }),
        ...(egress.length > 0 && {
          egress: egress.map(({ to, ports }) => ({ to: policyPeers(name, "egress", to), ports: policyPorts(name, "egress", ports) })),
        }),
      },
    });
  }
}

function policyPeers(name: string, direction: "ingress" | "egress", peers: readonly NetworkPeer[]): k8s.NetworkPolicyPeer[] {
  if (peers.length === 0) throw emptyList(name, direction, "peer", "everybody");
  return peers.map(policyPeer);
}

function policyPorts(name: string, direction: "ingress" | "egress", ports: readonly number[]): k8s.NetworkPolicyPort[] {
  if (ports.length === 0) throw emptyList(name, direction, "port", "every port");
  return ports.map((port) => ({ port: k8s.IntOrString.fromNumber(requirePort(`network policy '${name}'`, port)) }));
}

function emptyList(name: string, direction: string, what: string, meaning: string): UserError {
  return new UserError(`a rule for ${direction} of network policy '${name}' has no ${what}`, {
    hint: `an empty list means ${meaning}: leave the rule out to allow nothing`,
  });
}

/** A peer as a NetworkPolicy writes it; namespaces go by the label that the API server puts on each. */
export function policyPeer({ shape }: NetworkPeer): k8s.NetworkPolicyPeer {
  if (shape.kind === "ipBlock") {
    return { ipBlock: { cidr: shape.cidr, ...(shape.except && { except: [...shape.except] }) } };
  }
  return {
    ...(shape.namespace !== undefined && { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": shape.namespace } } }),
    ...(shape.kind === "pods" && { podSelector: { matchLabels: shape.labels } }),
  };
}
