import type { RuleId } from "../definition/rule-id.ts";
import type { Issue } from "../manifest/issue.ts";
import type { RepositoryFacts } from "../manifest/repository-facts.ts";

/** What a rule says of a finding; its id is added by the stage, and its severity where the finding has none of its own. */
export type Finding = Omit<Issue, "rule" | "severity"> & { readonly severity?: Issue["severity"] };

/** What a rule is about; reports are grouped by it, in this order. */
export const ruleSubjects = [
  "schema",
  "references",
  "argocd",
  "secrets",
  "security",
  "availability",
  "network",
  "versions",
  "environments",
] as const;

/** One of {@link ruleSubjects}. */
export type RuleSubject = (typeof ruleSubjects)[number];

/** One check over the rendered whole; each has a page `docs/rules/<id>.md`. */
export interface Rule {
  /** Kebab-case; also the file's name here and under `docs/rules/`. */
  readonly id: RuleId;
  readonly severity: Issue["severity"];
  readonly subject: RuleSubject;
  /** What must hold, in one sentence. */
  readonly title: string;
  /** What happens where it does not hold, in one or two sentences. */
  readonly reason: string;
  /** What to do about it, in one or two sentences. */
  readonly fix: string;
  /** `manifests`: plain manifests are enough, from wherever they come; `definitions`: says nothing without what people wrote. */
  readonly needs: "manifests" | "definitions";
  /** Everything that breaks the rule; pure, and linear in the number of objects. */
  check(facts: RepositoryFacts): readonly Finding[];
}
