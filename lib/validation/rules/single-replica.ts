import { objectName, type Manifest } from "../../manifest/manifest.ts";
import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import { type LonePod, lonePod } from "../rollout/lone-pod.ts";
import type { Finding, Rule } from "../rule.ts";

/** One Pod is none while its node is drained, and none while it starts again. */
export const singleReplica: Rule = {
  id: "single-replica",
  severity: "error",
  subject: "availability",
  title: "In production whatever answers requests or keeps data runs more than one Pod.",
  reason: "One Pod is none while its node is drained or lost, and while it starts again.",
  fix: "Run two replicas or more; where one is meant, waive the rule and say why.",
  needs: "definitions",
  check: findSingles,
};

function findSingles(facts: RepositoryFacts): Finding[] {
  const { definitions } = facts;
  if (definitions === undefined) return [];
  return facts.workloads
    .filter(({ manifest }) => definitions.isProduction(manifest.owner))
    .flatMap((workload) => {
      const lone = lonePod(facts, workload);
      return lone === undefined ? [] : [single(workload.manifest, lone)];
    });
}

function single(manifest: Manifest, { counted: { autoscaler }, service }: LonePod): Finding {
  const behind = service === undefined ? "" : `, and Service '${service.document.metadata.name}' has no other Pod`;
  const least = autoscaler === undefined ? "" : ` at least, as HorizontalPodAutoscaler '${autoscaler.document.metadata.name}' says`;
  return {
    message: `${objectName(manifest.document)} runs 1 Pod in production${least}${behind}`,
    hint: `${autoscaler === undefined ? "say replicas: 2" : "say autoscaling: { minReplicas: 2, … }"} or more, or waive("single-replica", …) with the reason`,
    manifest,
  };
}
