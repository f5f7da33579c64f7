import { Construct } from "constructs";
import { NetworkPeer } from "../definition/network-peer.ts";
import type { UnitContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { hbonePort } from "../manifest/hbone-port.ts";
import { label } from "../manifest/labels.ts";
import { WorkloadNetworkPolicy } from "../traffic/network-policy.ts";
import type { ServiceAccountProps } from "./service-account.ts";

/** Whom a workload talks to beyond the declared calls; each entry under a name of one's own, so that an overlay can change one. */
export interface NetworkProps {
  /** Outside the system: a database, a payment provider. @default nobody */
  readonly egress?: Readonly<Record<string, { readonly to: NetworkPeer | readonly NetworkPeer[]; readonly ports: readonly number[] }>>;
  /** Who else may call in, on which ports by name. @default nobody */
  readonly ingressFrom?: Readonly<
    Record<string, { readonly from: NetworkPeer | readonly NetworkPeer[]; readonly ports?: readonly string[] }>
  >;
}

/** What a {@link WorkloadNetworkAccess} is given by the construct around it. */
export interface WorkloadNetworkAccessProps {
  readonly context: UnitContext;
  readonly name: string;
  /** A ServiceAccount with annotations stands for a cloud identity, whose tokens the cluster's metadata server gives. */
  readonly own: NetworkProps & { readonly serviceAccount?: ServiceAccountProps };
  /** Ports that the workload serves, by name. @default none */
  readonly ports?: Readonly<Record<string, number>>;
  /** Where traffic from outside the cluster comes in, and on which port. @default it does not */
  readonly exposed?: { readonly from: readonly NetworkPeer[]; readonly port: number };
  /** The port that Prometheus scrapes. @default none */
  readonly metricsPort?: number;
  /** Units of the same service that may call it, such as its smoke test. @default none */
  readonly callers?: readonly string[];
  /** Units of the same service that it may call. @default none */
  readonly callees?: readonly { readonly name: string; readonly ports: readonly number[] }[];
}

/** The NetworkPolicy of a workload: exactly the declared calls, the ways in, the scraper and what its author named. */
export class WorkloadNetworkAccess extends Construct {
  /** @throws UserError when an `ingressFrom` entry names a port that the workload does not serve */
  constructor(scope: Construct, id: string, props: WorkloadNetworkAccessProps) {
    super(scope, id);
    const { context, name, own, ports = {}, exposed, metricsPort } = props;
    const served = [...new Set(Object.values(ports))];
    const between = (list: readonly number[]): readonly number[] => (context.mesh === "ambient" ? [...list, hbonePort] : list);
    const callers = [
      ...context.calls.from.map(({ podLabels }) => podLabels),
      ...(props.callers ?? []).map((caller) => ({ [label.name]: caller })),
    ];
    new WorkloadNetworkPolicy(this, "network-policy", {
      context,
      name,
      podLabels: { [label.name]: name },
      ingress: [
        ...(exposed === undefined ? [] : [{ from: [...exposed.from], ports: [exposed.port] }]),
        ...(callers.length === 0 ? [] : [{ from: callers.map((labels) => NetworkPeer.pods({ labels })), ports: between(served) }]),
        ...(metricsPort === undefined ? [] : [{ from: [context.cluster.scraper], ports: [metricsPort] }]),
        ...byName(own.ingressFrom).map((entry) => ({
          from: listOf(entry.from),
          ports: entry.ports === undefined ? served : entry.ports.map((port) => numberOf(name, port, ports)),
        })),
      ],
      egress: [
        ...context.calls.to.map((peer) => ({
          to: [NetworkPeer.pods({ labels: peer.podLabels })],
          ports: between([...new Set(Object.values(peer.ports))]),
        })),
        ...(props.callees ?? []).map((peer) => ({
          to: [NetworkPeer.pods({ labels: { [label.name]: peer.name } })],
          ports: between(peer.ports),
        })),
        ...(own.serviceAccount?.annotations === undefined ? [] : (context.cluster.metadataServer ?? [])).map(({ to, port }) => ({
          to: [to],
          ports: [port],
        })),
        ...byName(own.egress).map((entry) => ({ to: listOf(entry.to), ports: entry.ports })),
      ],
    });
  }
}

function byName<T>(entries: Readonly<Record<string, T>> | undefined): T[] {
  return Object.entries(entries ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, entry]) => entry);
}

function listOf(peers: NetworkPeer | readonly NetworkPeer[]): readonly NetworkPeer[] {
  return peers instanceof NetworkPeer ? [peers] : peers;
}

function numberOf(name: string, port: string, ports: Readonly<Record<string, number>>): number {
  const number = ports[port];
  if (number === undefined) {
    throw new UserError(`'${name}' is to be reached on port '${port}', which it does not serve`, {
      hint: `its ports are: ${
        Object.keys(ports)
          .map((known) => `'${known}'`)
          .join(", ") || "none"
      }`,
    });
  }
  return number;
}
