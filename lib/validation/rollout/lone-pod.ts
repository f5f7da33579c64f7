import type { Manifest } from "../../manifest/manifest.ts";
import { type PodCount, PodCounts } from "../../manifest/pod-counts.ts";
import type { RepositoryFacts, WorkloadFact } from "../../manifest/repository-facts.ts";
import { ServedWorkloads } from "../../manifest/served-workloads.ts";

/** One Pod of which all depends. */
export interface LonePod {
  readonly counted: PodCount;
  /** A Service that has no other Pod. */
  readonly service: Manifest | undefined;
}

/** Whether a workload runs a single Pod although it answers requests or keeps data; `undefined` where it does not. */
export function lonePod(facts: RepositoryFacts, workload: WorkloadFact): LonePod | undefined {
  const [counts, served] = [PodCounts.in(facts), ServedWorkloads.in(facts)];
  const counted = counts.of(workload);
  if (counted?.count !== 1) return undefined;
  const service = served.servicesOf(workload).find((candidate) => isAlone(workload, served.services.get(candidate) ?? [], counts));
  return service !== undefined || workload.manifest.document.kind === "StatefulSet" ? { counted, service } : undefined;
}

/** Whether a Service has no other Pods: a canary beside a stable version is not alone. */
function isAlone(workload: WorkloadFact, others: readonly WorkloadFact[], counts: PodCounts): boolean {
  return others.every((other) => other === workload || counts.of(other)?.count === 0);
}
