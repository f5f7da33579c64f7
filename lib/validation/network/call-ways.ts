import { NetworkPeer } from "../../definition/network-peer.ts";
import { label } from "../../manifest/labels.ts";
import type { RepositoryFacts, WorkloadFact } from "../../manifest/repository-facts.ts";
import { type NeededWay, podPortsOfService } from "./needed-way.ts";

/** What the calls that systems declare need: a way out of the caller's Pods, and one into the callee's. */
export function* callWays(facts: RepositoryFacts): Iterable<NeededWay> {
  const systems = facts.definitions?.definitions.systems ?? [];
  if (systems.every(({ calls = [] }) => calls.length === 0)) return;
  const workloads = workloadsByUnit(facts);
  for (const { name: system, calls = [] } of systems) {
    for (const { from, to } of calls) {
      const [caller, callee] = [podsOf(from.name), podsOf(to.name)];
      const hint = "let it through in the policies of both, or take the call out of the system's definition";
      const incoming = { purpose: `the calls of '${from.name}', which its system declares`, hint, shared: false };
      const outgoing = { purpose: `'${to.name}', which it calls`, hint, shared: false };
      for (const workload of workloads.get(`${system}/${from.name}`) ?? []) {
        const service = facts.find(workload.place, "Service", to.name);
        if (service === undefined) continue;
        for (const { workload: called, port } of podPortsOfService(facts, service, undefined)) {
          yield { workload, direction: "egress", peer: callee, port, protocol: "TCP", need: outgoing };
          yield { workload: called, direction: "ingress", peer: caller, port, protocol: "TCP", need: incoming };
        }
      }
    }
  }
}

function workloadsByUnit(facts: RepositoryFacts): ReadonlyMap<string, readonly WorkloadFact[]> {
  const found = new Map<string, WorkloadFact[]>();
  for (const workload of facts.workloads) {
    const { owner } = workload.manifest;
    // a unit's smoke test is no caller of what the unit calls
    if (owner.scope !== "environment" || workload.template.metadata?.labels?.[label.name] !== owner.unit) continue;
    const key = `${owner.system}/${owner.unit}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, [workload]);
    else known.push(workload);
  }
  return found;
}

function podsOf(unit: string): NetworkPeer {
  return NetworkPeer.pods({ labels: { [label.name]: unit } });
}
