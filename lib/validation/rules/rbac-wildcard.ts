import { findWideBindings } from "../rbac/wide-bindings.ts";
import { findWideRoles } from "../rbac/wide-roles.ts";
import type { Rule } from "../rule.ts";

/** A right that nobody needed is there for whoever takes the account over, and covers what is installed next year too. */
export const rbacWildcard: Rule = {
  id: "rbac-wildcard",
  severity: "error",
  subject: "security",
  title: "Every role names what it allows and gives no way to more, and every binding names whom it is for.",
  reason: "A right that nobody needed is there for whoever takes the account over, and covers what is installed next year too.",
  fix: "Name the groups, resources, verbs and subjects that are needed.",
  needs: "manifests",
  check: (facts) => [...findWideRoles(facts), ...findWideBindings(facts)],
};
