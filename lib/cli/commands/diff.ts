import type { Command } from "commander";
import { formatPatch, structuredPatch } from "diff";
import type { Definitions } from "../../definition/definitions.ts";
import type { FileChange } from "../../synth/plan-changes.ts";
import type { CommandContext } from "../command-context.ts";
import { distOption, forceOption, outputOption, type OutputFormat, repeatableOption } from "../common-options.ts";
import type { Io } from "../io.ts";
import { planOutput, type PlanOptions } from "../plan-output.ts";
import { issuesAsJson, printIssues } from "../print-issues.ts";
import { printJson } from "../print-json.ts";

interface DiffOptions extends PlanOptions {
  readonly output: OutputFormat;
}

/** `keelson diff`. */
export function addDiffCommand(program: Command, { definitions, io, done }: CommandContext): void {
  program
    .command("diff")
    .description("print what synth would change, as a unified diff; exit 1 when there is anything")
    .addOption(repeatableOption("--environment <name>", "apply only what this environment owns"))
    .addOption(distOption())
    .addOption(forceOption())
    .addOption(outputOption())
    .action((options: DiffOptions) => {
      done(diff(definitions, options, io));
    });
}

/** Stages 1 to 6: what `synth` would change, as a unified diff that `git apply` reads. */
function diff(definitions: Definitions, options: DiffOptions, io: Io): number {
  const { folder, plan, issues, failed } = planOutput(definitions, options, io);
  const changes = plan.changes.map((change) => ({
    kind: change.kind,
    path: change.path,
    patch: patchOf(change, change.kind === "create" ? "" : (folder.read(change.path) ?? "")),
  }));
  if (options.output === "json") printJson({ changes, issues: issuesAsJson(issues, io) }, io);
  else {
    printIssues(issues, io);
    for (const { patch } of changes) io.stdout(patch);
  }
  return failed || changes.length > 0 ? 1 : 0;
}

/** In git's own form: without its first line and modes, `git apply` takes no file that is empty. */
function patchOf(change: FileChange, before: string): string {
  const [isCreate, isDelete] = [change.kind === "create", change.kind === "delete"];
  const oldName = isCreate ? "/dev/null" : `a/${change.path}`;
  const newName = isDelete ? "/dev/null" : `b/${change.path}`;
  const after = change.kind === "delete" ? "" : change.content;
  const patch = structuredPatch(oldName, newName, before, after, undefined, undefined, { context: 3 });
  return formatPatch({ ...patch, isGit: true, isCreate, isDelete });
}
