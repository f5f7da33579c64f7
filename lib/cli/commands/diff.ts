import { createTwoFilesPatch } from "diff";
import type { Definitions } from "../../definition/definitions.ts";
import type { Io } from "../io.ts";
import { planOutput, type PlanOptions } from "../plan-output.ts";
import { issuesAsJson, printIssues } from "../print-issues.ts";

/** Options of `diff`. */
export interface DiffOptions extends PlanOptions {
  readonly output: "text" | "json";
}

/** Stages 1 to 6: what `synth` would change, as a unified diff that `git apply` reads. */
export function diff(definitions: Definitions, options: DiffOptions, io: Io): number {
  const { folder, plan, issues, failed } = planOutput(definitions, options, io);
  const changes = plan.changes.map((change) => {
    const before = change.kind === "create" ? "" : (folder.read(change.path) ?? "");
    const after = change.kind === "delete" ? "" : change.content;
    const names = [
      change.kind === "create" ? "/dev/null" : `a/${change.path}`,
      change.kind === "delete" ? "/dev/null" : `b/${change.path}`,
    ] as const;
    return {
      kind: change.kind,
      path: change.path,
      patch: createTwoFilesPatch(...names, before, after, undefined, undefined, { headerOptions: patchHeader }),
    };
  });
  if (options.output === "json") io.stdout(`${JSON.stringify({ changes, issues: issuesAsJson(issues, io) }, null, 2)}\n`);
  else {
    printIssues(issues, io);
    for (const { patch } of changes) io.stdout(patch);
  }
  return failed || changes.length > 0 ? 1 : 0;
}

const patchHeader = { includeIndex: false, includeUnderline: false, includeFileHeaders: true };
