import { objectName } from "../../manifest/manifest.ts";
import { PodCounts } from "../../manifest/pod-counts.ts";
import { type Spreading, spreadingOf } from "../../manifest/pod-spreading.ts";
import type { RepositoryFacts, WorkloadFact } from "../../manifest/repository-facts.ts";
import { asWarning } from "../as-warning.ts";
import type { Finding } from "../rule.ts";
import { strategyOf } from "./strategy.ts";

const hostname = "kubernetes.io/hostname";
const zone = "topology.kubernetes.io/zone";
/** A region has three, as a rule. */
const zonesOfARegion = 3;

/** Workloads whose Pods must lie so far apart that the last of them, or the first of a rollout, finds no place. */
export function findCrampedRollouts(facts: RepositoryFacts): Finding[] {
  const counts = PodCounts.in(facts);
  return facts.workloads.flatMap((workload) => {
    const count = counts.of(workload)?.count ?? 0;
    if (count === 0) return [];
    return spreadingOf(workload.template).flatMap((spreading) => (spreading.required ? (findingOf(workload, spreading, count) ?? []) : []));
  });
}

function findingOf({ manifest }: WorkloadFact, { topologyKey, by, maxSkew, minDomains }: Spreading, count: number): Finding | undefined {
  const name = objectName(manifest.document);
  if (by === "topologySpreadConstraints") {
    if (topologyKey !== zone || (minDomains ?? 0) <= zonesOfARegion || count <= zonesOfARegion * maxSkew) return undefined;
    const message = `${name} spreads its ${count} Pods over ${minDomains ?? 0} zones or none, and a region has ${zonesOfARegion} as a rule`;
    return { message, hint: "lower minDomains, or say whenUnsatisfiable: ScheduleAnyway", manifest };
  }
  const { surge, unavailable } =
    manifest.document.kind === "Deployment" ? strategyOf(manifest.document, count) : { surge: 0, unavailable: 1 };
  const needed = unavailable === 0 && surge > 0 ? count + 1 : count;
  if (topologyKey === zone && needed > zonesOfARegion) {
    const message = `${name} lets no two of its Pods into one zone and needs ${needed} of them, and a region has ${zonesOfARegion} as a rule`;
    return { message, hint: `say AntiAffinity.preferred("${zone}"), or let a rollout take a Pod away first`, manifest };
  }
  if (topologyKey === hostname && needed > count) {
    const message = `${name} lets no two of its ${count} Pods onto one node, so that a rollout needs a node more, got maxUnavailable 0`;
    return asWarning({ message, hint: `say AntiAffinity.preferred("${hostname}"), or maxUnavailable 1`, manifest });
  }
  return undefined;
}
