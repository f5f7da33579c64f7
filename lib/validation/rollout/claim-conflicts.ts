import { entriesOf, textsOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { objectName } from "../../manifest/manifest.ts";
import { PodCounts } from "../../manifest/pod-counts.ts";
import type { RepositoryFacts, WorkloadFact } from "../../manifest/repository-facts.ts";
import type { Finding } from "../rule.ts";
import { strategyOf } from "./strategy.ts";

/** Ways to use a volume that one node, or one Pod, has for itself. */
const exclusive: ReadonlySet<string> = new Set(["ReadWriteOnce", "ReadWriteOncePod"]);

/** Deployments whose Pods wait for a volume that another of their Pods holds. */
export function findClaimConflicts(facts: RepositoryFacts): Finding[] {
  return facts.workloads.flatMap((workload) => (workload.manifest.document.kind === "Deployment" ? findingsOf(facts, workload) : []));
}

function findingsOf(facts: RepositoryFacts, workload: WorkloadFact): Finding[] {
  const { manifest, place, template } = workload;
  const count = PodCounts.in(facts).of(workload)?.count ?? 0;
  if (count === 0) return [];
  const volumes = entriesOf<{ readonly persistentVolumeClaim?: { readonly claimName?: string } }>(fieldsOf(template.spec).volumes);
  for (const { persistentVolumeClaim } of volumes) {
    const { claimName = "" } = fieldsOf(persistentVolumeClaim);
    const claim = facts.find(place, "PersistentVolumeClaim", claimName);
    if (claim === undefined) continue;
    const modes = textsOf(fieldsOf(claim.document.spec as { readonly accessModes?: unknown } | undefined).accessModes);
    if (modes.length === 0 || !modes.every((mode) => exclusive.has(mode))) continue;
    const { surge, unavailable } = strategyOf(manifest.document, count);
    const name = `${objectName(manifest.document)} shares PersistentVolumeClaim '${claimName}' (${modes.join(", ")})`;
    if (count > 1) {
      const hint = "run a StatefulService, which gives each Pod a claim of its own, or one Pod";
      return [{ message: `${name} among ${count} Pods, of which those on other nodes never start`, hint, manifest }];
    }
    if (surge > 0 && unavailable < count) {
      const hint = "say RolloutStrategy.recreate(), or run a StatefulService";
      return [
        { message: `${name} with the Pod that a rollout starts beside the old one, and which waits for it for ever`, hint, manifest },
      ];
    }
  }
  return [];
}
