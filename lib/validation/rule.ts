import type { Issue } from "../manifest/issue.ts";
import type { RepositoryFacts } from "../manifest/repository-facts.ts";

/** What a rule says of a finding; the rule's id and severity are added by the stage. */
export type Finding = Omit<Issue, "rule" | "severity">;

/** One check over the rendered whole; each has a page `docs/rules/<id>.md`. */
export interface Rule {
  /** Kebab-case; also the file's name here and under `docs/rules/`. */
  readonly id: string;
  readonly severity: Issue["severity"];
  /** What must hold, in one sentence. */
  readonly title: string;
  /** Everything that breaks the rule; pure, and linear in the number of objects. */
  check(facts: RepositoryFacts): readonly Finding[];
}
