import { ApiError } from "../cluster/api-error.ts";
import type { KubernetesApi } from "../cluster/kubernetes-api.ts";
import { UserError } from "../errors/user-error.ts";
import type { Check, CheckResult } from "./check.ts";
import { ClusterFacts } from "./cluster-facts.ts";
import type { ProjectFacts } from "./project-facts.ts";

/** A check with what it found. */
export interface CheckedItem extends CheckResult {
  readonly id: string;
  readonly title: string;
}

/**
 * Runs checks in their order. What may not be read, or does not answer, is `unknown`: no check stops the others.
 *
 * @param cluster - the cluster that runs Argo CD, or why it is not asked
 */
export async function runChecks(checks: readonly Check[], project: ProjectFacts, cluster: KubernetesApi | string): Promise<CheckedItem[]> {
  const facts = typeof cluster === "string" ? cluster : new ClusterFacts(project, cluster);
  const items: CheckedItem[] = [];
  for (const check of checks) {
    const { id, title } = check;
    items.push({ id, title, ...(await resultOf(check, project, facts)) });
  }
  return items;
}

async function resultOf(check: Check, project: ProjectFacts, facts: ClusterFacts | string): Promise<CheckResult> {
  try {
    if (check.needs === "project") return check.run(project);
    return typeof facts === "string" ? { result: "skipped", detail: facts } : await check.run(facts);
  } catch (error) {
    if (error instanceof ApiError) return { result: "unknown", detail: error.message };
    if (!(error instanceof UserError)) throw error;
    return { result: "unknown", detail: error.message, ...(error.hint !== undefined && { fix: error.hint }) };
  }
}
