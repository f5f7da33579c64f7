/** The id of every rule, in alphabetical order; each names its file under `lib/validation/rules/` and its page under `docs/rules/`. */
export const ruleIds = [
  "config-map-exists",
  "namespace-declared",
  "port-exists",
  "secret-exists",
  "secret-store-exists",
  "service-account-exists",
  "unique-hosts",
  "unique-objects",
] as const;

/** The id of a rule: what a waiver names, and what reports print. */
export type RuleId = (typeof ruleIds)[number];
