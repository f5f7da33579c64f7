import type { Issue } from "../manifest/issue.ts";
import { unusedEntries } from "../manifest/unused-entries.ts";
import { type Holds, holdsRule } from "./holds.ts";

/** An issue for every hold of something that has no pins in the environment. */
export function findUnknownHolds(environment: string, { file, holds }: Holds, targets: ReadonlySet<string>): Issue[] {
  const entries = new Map([...holds.values()].map(({ target, line }) => [target, { key: target, line }]));
  return unusedEntries({ file, entries }, targets, { rule: holdsRule, environment, entry: "the hold of", remedy: "remove the line" });
}
