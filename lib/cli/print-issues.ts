import picocolors from "picocolors";
import type { Issue } from "../manifest/issue.ts";
import type { Io } from "./io.ts";
import { placeOfIssue } from "./place-of-issue.ts";

/** Issues as people read them: one block each, with the place to mend and what to do. */
export function printIssues(issues: readonly Issue[], io: Io): void {
  const colors = picocolors.createColors(io.color);
  for (const issue of issues) {
    const paint = issue.severity === "error" ? colors.red : colors.yellow;
    const place = placeOfIssue(issue, io);
    io.stderr(`${paint(issue.severity)}: ${issue.message} ${colors.dim(`[${issue.rule}]`)}\n`);
    if (place !== undefined) io.stderr(`  at ${place.file}:${place.line}\n`);
    if (issue.hint !== undefined) io.stderr(`  hint: ${issue.hint}\n`);
  }
}

/** Issues as programs read them. */
export function issuesAsJson(issues: readonly Issue[], io: Io): object[] {
  return issues.map((issue) => {
    const place = placeOfIssue(issue, io);
    return {
      severity: issue.severity,
      rule: issue.rule,
      message: issue.message,
      ...(issue.hint !== undefined && { hint: issue.hint }),
      ...(place !== undefined && { place: `${place.file}:${place.line}` }),
    };
  });
}
