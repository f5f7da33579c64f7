import { objectName, type Manifest } from "../../manifest/manifest.ts";
import type { RepositoryFacts, WorkloadFact } from "../../manifest/repository-facts.ts";
import { callWays } from "../network/call-ways.ts";
import { clusterWays } from "../network/cluster-ways.ts";
import { entryWays } from "../network/entry-ways.ts";
import { findClosedMeshPorts } from "../network/mesh-ports.ts";
import type { NeededWay } from "../network/needed-way.ts";
import { NetworkPolicies, type PolicyFact } from "../network/network-policies.ts";
import { partyName } from "../network/party.ts";
import { scrapeWays } from "../network/scrape-ways.ts";
import type { Finding, Rule } from "../rule.ts";

/** What is cut off together, and so reported once. */
interface Cut {
  readonly way: NeededWay;
  readonly policies: readonly PolicyFact[];
  readonly workloads: Set<WorkloadFact>;
  /** Who cannot be reached, or cannot reach it, and on which ports. */
  readonly ends: Map<string, Set<string>>;
}

/** A Pod that reaches no DNS finds nobody; one that its controller does not reach is healthy and answers nobody. */
export const policyCutsTraffic: Rule = {
  id: "policy-cuts-traffic",
  severity: "error",
  subject: "network",
  title: "NetworkPolicies leave open what the Pods cannot do without: DNS, scraping, requests from outside, declared calls, and the mesh.",
  reason: "A Pod that reaches no DNS finds nobody, and one that its ingress controller does not reach is healthy and answers nobody.",
  fix: "Let the way through that the message names, in the policy that it names or in another of the same Pods.",
  needs: "definitions",
  check: findCuts,
};

function findCuts(facts: RepositoryFacts): Finding[] {
  const { definitions } = facts;
  if (definitions === undefined) return [];
  const policies = new NetworkPolicies(facts);
  const cuts = new Map<string, Cut>();
  const judge = (way: NeededWay): void => {
    const party = policies.party(way.peer, way.workload);
    const cutting = policies.cutting(way, party);
    if (cutting.length === 0) return;
    const { place, manifest } = way.workload;
    const { need } = way;
    const key = `${place} ${need.purpose} ${need.shared ? "" : `${manifest.document.kind}/${manifest.document.metadata.name}`}`;
    const cut = cuts.get(key) ?? { way, policies: cutting, workloads: new Set(), ends: new Map<string, Set<string>>() };
    cuts.set(key, cut);
    cut.workloads.add(way.workload);
    const end = partyName(party);
    cut.ends.set(end, (cut.ends.get(end) ?? new Set()).add(`${way.protocol} ${way.port}`));
  };
  for (const workload of facts.workloads) {
    const cluster = definitions.clusterOf(workload.manifest.owner);
    if (cluster !== undefined) for (const way of clusterWays(facts, workload, cluster)) judge(way);
  }
  for (const way of scrapeWays(facts)) judge(way);
  for (const way of entryWays(facts)) judge(way);
  for (const way of callWays(facts)) judge(way);
  return [...[...cuts.values()].map(cutFinding), ...findClosedMeshPorts(facts, policies)];
}

function cutFinding({ way, policies, workloads, ends }: Cut): Finding {
  const manifest = blamed(way, policies);
  const others = policies.map(({ manifest: { document } }) => document).filter((document) => document !== manifest.document);
  const nor = others.length === 0 ? "" : `, nor does ${others.map(({ metadata }) => `'${metadata.name}'`).join(" or ")}`;
  const list = [...ends].map(([end, ports]) => `${end} (${[...ports].join(", ")})`).join(", ");
  const lets = way.direction === "ingress" ? `lets nothing in from ${list}` : `lets nothing out to ${list}`;
  return {
    message: `${objectName(manifest.document)} cuts ${workloadNames([...workloads])} off from ${way.need.purpose}: it ${lets}${nor}`,
    hint: way.need.hint,
    manifest,
  };
}

/** The policy to mend: that of the whole namespace where all its Pods lose something, else the Pods' own. */
function blamed({ need: { shared }, workload }: NeededWay, policies: readonly PolicyFact[]): Manifest {
  const own = policies.find(({ manifest }) => manifest.owner === workload.manifest.owner);
  const general = policies.find(({ manifest }) => manifest.owner !== workload.manifest.owner);
  return ((shared ? (general ?? own) : (own ?? general)) ?? { manifest: workload.manifest }).manifest;
}

function workloadNames([first, ...others]: readonly WorkloadFact[]): string {
  if (first === undefined) return "nobody";
  const { kind, metadata } = first.manifest.document;
  return `${kind} '${metadata.name}'${others.length === 0 ? "" : ` and ${others.length} more`}`;
}
