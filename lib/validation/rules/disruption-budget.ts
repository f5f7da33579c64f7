import { fieldsOf } from "../../manifest/fields-of.ts";
import type { LabelSelector } from "../../manifest/label-selector.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { PodCounts } from "../../manifest/pod-counts.ts";
import { placeOf, type RepositoryFacts, type WorkloadFact } from "../../manifest/repository-facts.ts";
import { shareOf } from "../rollout/share.ts";
import { asWarning } from "../as-warning.ts";
import type { Finding, Rule } from "../rule.ts";

/** @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/pod-disruption-budget-v1/ */
interface BudgetSpec {
  readonly selector?: LabelSelector;
  readonly minAvailable?: number | string;
  readonly maxUnavailable?: number | string;
}

/** A budget that lets no Pod go stops the upgrade of a cluster; without one a drain takes all Pods at once. */
export const disruptionBudget: Rule = {
  id: "disruption-budget",
  severity: "error",
  subject: "availability",
  title: "Every PodDisruptionBudget lets a Pod go, no Pod has two of them, and in production whatever has two or more Pods has one.",
  reason: "A budget that lets no Pod go, or a second one, blocks every drain of a node; without any a drain takes all Pods at once.",
  fix: "Say disruptionBudget: DisruptionBudget.maxUnavailable(1) of the service.",
  needs: "manifests",
  check: findBudgets,
};

function findBudgets(facts: RepositoryFacts): Finding[] {
  const counts = PodCounts.in(facts);
  const budgetOf = new Map<WorkloadFact, Manifest>();
  const findings: Finding[] = [];
  for (const budget of facts.ofKind("policy/PodDisruptionBudget")) {
    const spec = fieldsOf(budget.document.spec as BudgetSpec | undefined);
    const workloads = spec.selector === undefined ? [] : facts.pods.select(placeOf(budget), fieldsOf(spec.selector));
    findings.push(...blocking(budget, spec, podsOf(counts, workloads)));
    for (const workload of workloads) {
      const other = budgetOf.get(workload);
      if (other === undefined) budgetOf.set(workload, budget);
      else findings.push(second(budget, other, workload));
    }
  }
  return [...findings, ...missing(facts, counts, budgetOf)];
}

/** `undefined` where only the cluster knows. */
function podsOf(counts: PodCounts, workloads: readonly WorkloadFact[]): number | undefined {
  let pods = 0;
  for (const workload of workloads) {
    const counted = counts.of(workload);
    if (counted === undefined) return undefined;
    pods += counted.count;
  }
  return pods;
}

function blocking(budget: Manifest, { minAvailable, maxUnavailable }: Partial<BudgetSpec>, pods: number | undefined): Finding[] {
  const stays = pods === 1 ? "does not let its only Pod go" : `lets none of its ${pods === undefined ? "" : `${pods} `}Pods go`;
  const finding = (field: string, got: number | string): Finding => ({
    message: `${objectName(budget.document)} ${stays}, got ${field} '${got}'`,
    hint: "say DisruptionBudget.maxUnavailable(1), and run two Pods or more where one must always be there",
    manifest: budget,
  });
  if (pods === 0) return [];
  // a share of Pods is rounded up, whichever way it is said
  if (maxUnavailable !== undefined)
    return shareOf(maxUnavailable, pods ?? 1, "up") === 0 ? [finding("maxUnavailable", maxUnavailable)] : [];
  if (minAvailable === undefined) return [];
  const least = shareOf(minAvailable, pods ?? 1, "up");
  const blocks = pods === undefined ? minAvailable === "100%" : least !== undefined && least >= pods;
  return blocks ? [finding("minAvailable", minAvailable)] : [];
}

function second(budget: Manifest, other: Manifest, { manifest }: WorkloadFact): Finding {
  return {
    message: `${objectName(budget.document)} takes the Pods of ${objectName(manifest.document)}, which PodDisruptionBudget '${other.document.metadata.name}' has already`,
    hint: "keep one of the two: a Pod with two budgets is never evicted",
    manifest: budget,
  };
}

function missing(facts: RepositoryFacts, counts: PodCounts, budgetOf: ReadonlyMap<WorkloadFact, Manifest>): Finding[] {
  const { definitions } = facts;
  if (definitions === undefined) return [];
  const findings: Finding[] = [];
  for (const workload of facts.workloads) {
    const { manifest, place } = workload;
    if (budgetOf.has(workload) || !definitions.isProduction(manifest.owner) || !facts.declares(place)) continue;
    const { count } = counts.of(workload) ?? { count: 0 };
    if (count < 2) continue;
    findings.push(
      asWarning({
        message: `${objectName(manifest.document)} runs ${count} Pods in production without a PodDisruptionBudget`,
        hint: "say disruptionBudget: DisruptionBudget.maxUnavailable(1)",
        manifest,
      }),
    );
  }
  return findings;
}
