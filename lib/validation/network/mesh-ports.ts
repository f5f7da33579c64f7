import { entriesOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { hbonePort } from "../../manifest/hbone-port.ts";
import type { Labels } from "../../manifest/label-selector.ts";
import { objectName } from "../../manifest/manifest.ts";
import { isInMesh, modesOfNamespace } from "../../manifest/mesh-membership.ts";
import { placeIn, type RepositoryFacts, type WorkloadFact } from "../../manifest/repository-facts.ts";
import { sameValue } from "../../manifest/same-value.ts";
import type { Finding } from "../rule.ts";
import type { NetworkPolicies, PolicyFact } from "./network-policies.ts";
import type { Direction, PolicyPeer, PolicyRule } from "./policy-document.ts";

/** Policies that open the ports which Pods of an ambient mesh are called on, and not the one by which the calls arrive. */
export function findClosedMeshPorts(facts: RepositoryFacts, policies: NetworkPolicies): Finding[] {
  const findings = new Map<PolicyFact, Finding>();
  if (!facts.ofKind("Namespace").some((namespace) => modesOfNamespace(namespace).ambient !== undefined)) return [];
  for (const workload of facts.workloads) {
    if (!isInMesh(facts, workload, "ambient")) continue;
    for (const direction of ["ingress", "egress"] as const) {
      const isolating = policies.isolating(workload, direction);
      for (const policy of isolating) {
        if (!findings.has(policy) && closes(facts, policy, isolating, direction, workload)) findings.set(policy, closed(policy, direction));
      }
    }
  }
  return [...findings.values()];
}

/** Whether a policy lets Pods of the mesh through on ports, none of which is the mesh's own, and no other policy does. */
function closes(
  facts: RepositoryFacts,
  policy: PolicyFact,
  all: readonly PolicyFact[],
  direction: Direction,
  workload: WorkloadFact,
): boolean {
  const others = all.flatMap(({ rules }) => rules[direction] ?? []).filter(opensMeshPort);
  return (policy.rules[direction] ?? []).some(
    (rule) =>
      !opensMeshPort(rule) &&
      peersOf(rule, direction)
        .filter((peer) => isMeshPeer(facts, peer, workload))
        .some((peer) => !others.some((other) => opensTo(peersOf(other, direction), peer))),
  );
}

function opensMeshPort({ ports }: PolicyRule): boolean {
  const list = entriesOf(ports);
  return (
    list.length === 0 ||
    list.some(
      ({ port, endPort }) => port === undefined || (typeof port === "number" && port <= hbonePort && hbonePort <= (endPort ?? port)),
    )
  );
}

function opensTo(peers: readonly PolicyPeer[], wanted: PolicyPeer): boolean {
  return peers.length === 0 || peers.some((peer) => sameValue(peer, wanted));
}

function peersOf({ from, to }: PolicyRule, direction: Direction): readonly PolicyPeer[] {
  return entriesOf(direction === "ingress" ? from : to);
}

/** Pods of the same namespace, or of another that is in the mesh as a whole. */
function isMeshPeer(facts: RepositoryFacts, { podSelector, namespaceSelector }: PolicyPeer, { manifest }: WorkloadFact): boolean {
  if (namespaceSelector === undefined) return podSelector !== undefined;
  const labels: Labels = fieldsOf(fieldsOf(namespaceSelector).matchLabels) as Labels;
  const namespace = facts.find(placeIn(manifest.owner, undefined), "Namespace", labels["kubernetes.io/metadata.name"] ?? "");
  return modesOfNamespace(namespace).ambient !== undefined;
}

function closed({ manifest }: PolicyFact, direction: Direction): Finding {
  return {
    message: `${objectName(manifest.document)} lets Pods of the ambient mesh ${direction === "ingress" ? "in" : "out"} on their ports, and not on ${hbonePort}, by which the mesh brings their calls`,
    hint: `open port ${hbonePort} beside the others`,
    manifest,
  };
}
