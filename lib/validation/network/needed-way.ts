import type { NetworkPeer } from "../../definition/network-peer.ts";
import { entriesOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import type { Backend } from "../../manifest/backends.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import { placeIn, type RepositoryFacts, type WorkloadFact } from "../../manifest/repository-facts.ts";
import { ServedWorkloads } from "../../manifest/served-workloads.ts";
import type { ServicePort } from "../../manifest/service-port.ts";
import type { Way } from "./network-policies.ts";

/** What ways are needed for; the ways of one purpose share it. */
export interface Need {
  /** What is lost without it: `DNS`. */
  readonly purpose: string;
  /** What to do about it. */
  readonly hint: string;
  /** Whether all Pods of a namespace need it, so that it is said once for them. */
  readonly shared: boolean;
}

/** A way that a workload's Pods cannot do without. */
export interface NeededWay extends Way {
  /** Who is at the other end. */
  readonly peer: NetworkPeer;
  readonly need: Need;
}

/** A port of the Pods of a workload. */
export interface PodPort {
  readonly workload: WorkloadFact;
  readonly port: number;
}

/** The ports of Pods that requests to a backend arrive on. */
export function podPortsOfBackend(facts: RepositoryFacts, { owner }: Manifest, { service, namespace, port }: Backend): PodPort[] {
  const found = facts.find(placeIn(owner, namespace), "Service", service);
  return found === undefined ? [] : podPortsOfService(facts, found, port);
}

/** The ports of Pods that a Service sends to. @param wanted - its port by name or number; all of them where it is `undefined` */
export function podPortsOfService(facts: RepositoryFacts, service: Manifest, wanted: string | number | undefined): PodPort[] {
  const { ports } = fieldsOf(service.document.spec as { readonly ports?: readonly ServicePort[] } | undefined);
  const found: PodPort[] = [];
  for (const { name, port, targetPort = port } of entriesOf(ports)) {
    if (wanted !== undefined && name !== wanted && port !== wanted) continue;
    for (const workload of ServedWorkloads.in(facts).services.get(service) ?? []) found.push(...podPorts(workload, targetPort));
  }
  return found;
}

/** A port of a workload's Pods by number, or by the name that a container gives it; none where it is `undefined`. */
export function podPorts(workload: WorkloadFact, port: string | number | undefined): PodPort[] {
  if (port === undefined) return [];
  if (typeof port === "number") return [{ workload, port }];
  const found: PodPort[] = [];
  for (const { name, containerPort } of workload.ports) if (name === port) found.push({ workload, port: containerPort });
  return found;
}
