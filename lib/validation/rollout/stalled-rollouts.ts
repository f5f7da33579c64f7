import { fieldsOf } from "../../manifest/fields-of.ts";
import { objectName } from "../../manifest/manifest.ts";
import { PodCounts } from "../../manifest/pod-counts.ts";
import type { RepositoryFacts, WorkloadFact } from "../../manifest/repository-facts.ts";
import { asWarning } from "../as-warning.ts";
import type { Finding } from "../rule.ts";
import { writtenStrategy } from "./strategy.ts";

/** Rollouts whose own settings stop them, or leave nobody a way back. */
export function findStalledRollouts(facts: RepositoryFacts): Finding[] {
  return facts.workloads.flatMap((workload) => {
    switch (workload.manifest.document.kind) {
      case "Deployment":
        return deploymentFindings(facts, workload);
      case "StatefulSet":
        return statefulSetFindings(facts, workload);
      default:
        return [];
    }
  });
}

function deploymentFindings(facts: RepositoryFacts, workload: WorkloadFact): Finding[] {
  const { manifest } = workload;
  const { document, owner } = manifest;
  const name = objectName(document);
  const { revisionHistoryLimit } = fieldsOf(document.spec as { readonly revisionHistoryLimit?: number } | undefined);
  const findings: Finding[] = [];
  if (revisionHistoryLimit === 0) {
    findings.push(
      asWarning({
        message: `${name} keeps no old ReplicaSet to go back to, got revisionHistoryLimit 0`,
        hint: "keep one or more: `kubectl rollout undo` and `kubectl rollout history` read them",
        manifest,
      }),
    );
  }
  const count = PodCounts.in(facts).of(workload)?.count ?? 0;
  if (writtenStrategy(document, "strategy").type === "Recreate" && count > 1 && facts.definitions?.isProduction(owner) === true) {
    findings.push(
      asWarning({
        message: `${name} takes all ${count} Pods away in production before it starts new ones, got strategy Recreate`,
        hint: "say RolloutStrategy.rollingUpdate(…) where two versions can run side by side",
        manifest,
      }),
    );
  }
  return findings;
}

function statefulSetFindings(facts: RepositoryFacts, workload: WorkloadFact): Finding[] {
  const { manifest } = workload;
  const { type, rollingUpdate } = writtenStrategy(manifest.document, "updateStrategy");
  const count = PodCounts.in(facts).of(workload)?.count;
  const { partition } = fieldsOf(rollingUpdate);
  const held = typeof partition === "number" && count !== undefined && count > 0 && partition >= count;
  if (type !== "OnDelete" && !held) return [];
  const got = held ? `partition ${partition} for ${count} Pods` : "updateStrategy OnDelete";
  return [
    asWarning({
      message: `${objectName(manifest.document)} never replaces its Pods by itself, got ${got}`,
      hint: "say updateStrategy RollingUpdate without a partition, or delete the Pods by hand after each sync",
      manifest,
    }),
  ];
}
