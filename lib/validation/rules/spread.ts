import { objectName } from "../../manifest/manifest.ts";
import { PodCounts } from "../../manifest/pod-counts.ts";
import { spreadingOf } from "../../manifest/pod-spreading.ts";
import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import type { Finding, Rule } from "../rule.ts";

/** Several Pods on one node are lost with it, as one would be. */
export const spread: Rule = {
  id: "spread",
  severity: "warning",
  subject: "availability",
  title: "In production the Pods of whatever runs two or more are kept apart.",
  reason: "The scheduler may well put all Pods of a workload on one node or into one zone, and they are lost together.",
  fix: 'Say podAntiAffinity: AntiAffinity.preferred("kubernetes.io/hostname"), or topologySpreadConstraints, of the service.',
  needs: "definitions",
  check: findCrowded,
};

function findCrowded(facts: RepositoryFacts): Finding[] {
  const { definitions } = facts;
  if (definitions === undefined) return [];
  const counts = PodCounts.in(facts);
  const findings: Finding[] = [];
  for (const workload of facts.workloads) {
    const { manifest, template } = workload;
    if (!definitions.isProduction(manifest.owner)) continue;
    const { count } = counts.of(workload) ?? { count: 0 };
    if (count < 2 || spreadingOf(template).length > 0) continue;
    findings.push({
      message: `${objectName(manifest.document)} runs ${count} Pods in production, and nothing keeps them apart`,
      hint: 'say podAntiAffinity: AntiAffinity.preferred("kubernetes.io/hostname"), or topologySpreadConstraints that select its own Pods',
      manifest,
    });
  }
  return findings;
}
