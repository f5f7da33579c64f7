import picocolors from "picocolors";
import type { Issue } from "../manifest/issue.ts";
import type { Io } from "./io.ts";

/** Issues as people read them: one block each, with the place to mend and what to do. */
export function printIssues(issues: readonly Issue[], io: Io): void {
  const colors = picocolors.createColors(io.color);
  for (const issue of issues) {
    const paint = issue.severity === "error" ? colors.red : colors.yellow;
    const place = placeOfIssue(issue, io);
    io.stderr(`${paint(issue.severity)}: ${issue.message} ${colors.dim(`[${issue.rule}]`)}\n`);
    if (place !== undefined) io.stderr(`  at ${place}\n`);
    if (issue.hint !== undefined) io.stderr(`  hint: ${issue.hint}\n`);
  }
}

/** Issues as programs read them. */
export function issuesAsJson(issues: readonly Issue[], io: Io): object[] {
  return issues.map((issue) => ({
    severity: issue.severity,
    rule: issue.rule,
    message: issue.message,
    ...(issue.hint !== undefined && { hint: issue.hint }),
    ...(placeOfIssue(issue, io) !== undefined && { place: placeOfIssue(issue, io) }),
  }));
}

/** The file and line that the author would open. */
function placeOfIssue({ position, manifest }: Issue, io: Io): string | undefined {
  if (position !== undefined) return `${position.file}:${position.line}`;
  const location = manifest?.source?.location;
  if (location === undefined) return undefined;
  const original = io.originalPosition?.(location.file, location.line, location.column) ?? location;
  return `${original.file}:${original.line}`;
}
