import type { Issue } from "../manifest/issue.ts";
import type { RepositoryFacts } from "../manifest/repository-facts.ts";
import type { Rule } from "./rule.ts";

/** Stage 4: every rule over the rendered whole; all findings at once, in the order of rules and objects. */
export function validateManifests(facts: RepositoryFacts, rules: readonly Rule[]): Issue[] {
  return rules.flatMap((rule) => rule.check(facts).map((finding) => ({ ...finding, rule: rule.id, severity: rule.severity })));
}
