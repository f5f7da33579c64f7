import { expect, test } from "@jest/globals";
import { branchRuleset, requiredApprovals } from "../../lib/ownership/branch-ruleset.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";

const [first] = bookshop.systems;
const production = bookshop.environments.find(({ definition }) => definition.name === "production");
if (first === undefined || production === undefined) throw new Error("no bookshop");

test("the branch that Argo CD follows takes reviewed and checked pull requests only", () => {
  const ruleset = branchRuleset(bookshop);
  expect(ruleset.conditions.ref_name.include).toEqual([`refs/heads/${bookshop.repository.branch}`]);
  expect(ruleset.rules.map(({ type }) => type)).toEqual([
    "deletion",
    "non_fast_forward",
    "pull_request",
    "required_status_checks",
    "merge_queue",
  ]);
  expect(parametersOf("pull_request")).toMatchObject({ require_code_owner_review: true, required_approving_review_count: 1 });
});

test("nobody passes over it unless an App is named", () => {
  expect(branchRuleset(bookshop).bypass_actors).toEqual([]);
  expect(branchRuleset(bookshop, 4711).bypass_actors).toEqual([{ actor_id: 4711, actor_type: "Integration", bypass_mode: "always" }]);
});

test("commits that moved pins stay as they were made: pull requests are merged, neither squashed nor rebased", () => {
  expect(parametersOf("pull_request")).toMatchObject({ allowed_merge_methods: ["merge"] });
  expect(parametersOf("merge_queue")).toMatchObject({ merge_method: "MERGE" });
});

test("the most approvals that a policy asks for are asked for", () => {
  const asking = { ...production.definition, policy: { ...production.definition.policy, promotion: { approvals: 2 } } };
  const environments = [
    ...bookshop.environments.filter((environment) => environment !== production),
    { ...production, definition: asking },
  ];
  expect(requiredApprovals({ ...bookshop, environments, systems: [] })).toBe(2);
  const deviations = [{ environment: production.definition, policy: { promotion: { approvals: 3 } }, reason: "money" }];
  expect(requiredApprovals({ ...bookshop, systems: [{ ...first, deviations }] })).toBe(3);
});

test("approvals of an environment without pull requests count for nothing", () => {
  const deviations = bookshop.environments.map(({ definition }) => ({
    environment: definition,
    policy: { approval: "none", promotion: { approvals: 5 } } as const,
    reason: "trust",
  }));
  expect(requiredApprovals({ ...bookshop, systems: [{ ...first, deviations }] })).toBe(1);
});

function parametersOf(type: string): Readonly<Record<string, unknown>> | undefined {
  return branchRuleset(bookshop).rules.find((rule) => rule.type === type)?.parameters;
}
