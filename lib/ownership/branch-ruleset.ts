import type { Definitions } from "../definition/definitions.ts";
import { policyOf } from "../definition/policy-of.ts";

/** The jobs that must pass before anything is merged, by the names that GitHub shows. */
export const requiredChecks: readonly string[] = ["check"];

/** A ruleset as GitHub's API takes it. */
export interface BranchRuleset {
  readonly name: string;
  readonly target: "branch";
  readonly enforcement: "active";
  readonly bypass_actors: readonly { readonly actor_id: number; readonly actor_type: "Integration"; readonly bypass_mode: "always" }[];
  readonly conditions: { readonly ref_name: { readonly include: readonly string[]; readonly exclude: readonly string[] } };
  readonly rules: readonly { readonly type: string; readonly parameters?: Readonly<Record<string, unknown>> }[];
}

/**
 * What protects the branch that Argo CD follows: nothing but reviewed and checked pull requests, merged by the queue, each as a merge, so that
 * the commits that moved pins stay as they were made.
 *
 * @param app - the number of the GitHub App that pushes pins; it passes over the whole ruleset. @default nobody does
 * @see https://docs.github.com/en/rest/repos/rules#create-a-repository-ruleset
 */
export function branchRuleset(definitions: Definitions, app?: number): BranchRuleset {
  return {
    name: `keelson: ${definitions.repository.branch}`,
    target: "branch",
    enforcement: "active",
    bypass_actors: app === undefined ? [] : [{ actor_id: app, actor_type: "Integration", bypass_mode: "always" }],
    conditions: { ref_name: { include: [`refs/heads/${definitions.repository.branch}`], exclude: [] } },
    rules: [
      { type: "deletion" },
      { type: "non_fast_forward" },
      {
        type: "pull_request",
        parameters: {
          required_approving_review_count: requiredApprovals(definitions),
          require_code_owner_review: true,
          dismiss_stale_reviews_on_push: true,
          require_last_push_approval: true,
          required_review_thread_resolution: true,
          allowed_merge_methods: ["merge"],
        },
      },
      {
        type: "required_status_checks",
        parameters: {
          required_status_checks: requiredChecks.map((context) => ({ context, integration_id: gitHubActions })),
          // the queue checks the merged result; before it a branch need not be up to date
          strict_required_status_checks_policy: false,
          do_not_enforce_on_create: false,
        },
      },
      {
        type: "merge_queue",
        parameters: {
          merge_method: "MERGE",
          grouping_strategy: "ALLGREEN",
          check_response_timeout_minutes: 60,
          max_entries_to_build: 5,
          max_entries_to_merge: 5,
          min_entries_to_merge: 1,
          min_entries_to_merge_wait_minutes: 0,
        },
      },
    ],
  };
}

/** The App that reports checks of workflows: nobody else's check of the same name counts. */
const gitHubActions = 15368;

/** The most that a policy asks for, and at least one: GitHub knows one number for a branch, whatever a pull request changes. */
export function requiredApprovals({ systems, environments }: Definitions): number {
  const policies = environments.flatMap(({ definition }) => [
    definition.policy,
    ...systems.filter((system) => system.environments.includes(definition)).map((system) => policyOf(system, definition)),
  ]);
  return Math.max(1, ...policies.filter(({ approval }) => approval === "pull-request").map(({ promotion }) => promotion?.approvals ?? 1));
}
