import { fieldsOf } from "./fields-of.ts";
import { placeOf, type RepositoryFacts, type WorkloadFact } from "./repository-facts.ts";
import type { Manifest } from "./manifest.ts";

/** How many Pods a workload runs when nothing is wrong. */
export interface PodCount {
  readonly count: number;
  /** The autoscaler whose least number it is; otherwise it is the workload's own `replicas`. */
  readonly autoscaler: Manifest | undefined;
}

interface AutoscalerSpec {
  readonly scaleTargetRef?: { readonly kind?: string; readonly name?: string };
  readonly minReplicas?: number;
}

/** Workloads whose number of Pods is said in Git; a DaemonSet's is the number of nodes. */
const counted: ReadonlySet<string> = new Set(["Deployment", "StatefulSet", "ReplicaSet"]);

const known = new WeakMap<RepositoryFacts, PodCounts>();

/** How many Pods each workload runs: what it says itself, or the least that its HorizontalPodAutoscaler keeps. */
export class PodCounts {
  readonly #counts = new Map<WorkloadFact, PodCount>();

  private constructor(facts: RepositoryFacts) {
    const autoscalers = autoscalersByTarget(facts);
    for (const workload of facts.workloads) {
      const { place, manifest } = workload;
      const { kind, metadata, spec } = manifest.document;
      if (!counted.has(kind)) continue;
      const autoscaler = autoscalers.get(`${place} ${kind}/${metadata.name}`);
      const count =
        autoscaler === undefined ? (fieldsOf(spec as { readonly replicas?: number }).replicas ?? 1) : (specOf(autoscaler).minReplicas ?? 1);
      if (Number.isInteger(count)) this.#counts.set(workload, { count, autoscaler });
    }
  }

  /** The counts of a repository, worked out once. */
  static in(facts: RepositoryFacts): PodCounts {
    const counts = known.get(facts) ?? new PodCounts(facts);
    known.set(facts, counts);
    return counts;
  }

  /** `undefined` where only the cluster knows: DaemonSets, Jobs, single Pods, and whatever is written wrongly. */
  of(workload: WorkloadFact): PodCount | undefined {
    return this.#counts.get(workload);
  }
}

/** By place, kind and name of what is scaled. */
function autoscalersByTarget(facts: RepositoryFacts): ReadonlyMap<string, Manifest> {
  const autoscalers = new Map<string, Manifest>();
  for (const autoscaler of facts.ofKind("autoscaling/HorizontalPodAutoscaler")) {
    const { kind, name } = fieldsOf(specOf(autoscaler).scaleTargetRef);
    if (kind !== undefined && name !== undefined) autoscalers.set(`${placeOf(autoscaler)} ${kind}/${name}`, autoscaler);
  }
  return autoscalers;
}

function specOf({ document }: Manifest): Partial<AutoscalerSpec> {
  return fieldsOf(document.spec as AutoscalerSpec | undefined);
}
