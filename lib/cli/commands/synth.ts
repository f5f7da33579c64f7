import { type Command, Option } from "commander";
import type { Definitions } from "../../definition/definitions.ts";
import { applyChanges } from "../../synth/apply-changes.ts";
import type { ChangePlan } from "../../synth/plan-changes.ts";
import type { CommandContext } from "../command-context.ts";
import { distOption, forceOption, outputOption, type OutputFormat, repeatableOption } from "../common-options.ts";
import type { Io } from "../io.ts";
import { planOutput, type PlanOptions } from "../plan-output.ts";
import { issuesAsJson, printIssues } from "../print-issues.ts";
import { printJson } from "../print-json.ts";

/** How many changes are printed in one piece. */
const linesAtOnce = 1000;

interface SynthOptions extends PlanOptions {
  /** Write nothing; report what would change. */
  readonly check?: boolean;
  readonly output: OutputFormat;
}

/** `keelson synth`. */
export function addSynthCommand(program: Command, { definitions, io, done }: CommandContext): void {
  program
    .command("synth")
    .description("write the generated files that changed, and remove stale ones")
    .addOption(repeatableOption("--environment <name>", "apply only what this environment owns"))
    .addOption(distOption())
    .addOption(new Option("--check", "write nothing; exit 1 and name the files when something would change"))
    .addOption(forceOption())
    .addOption(outputOption())
    .action((options: SynthOptions) => {
      done(synth(definitions, options, io));
    });
}

/** Stages 1 to 7, or 1 to 6 with `--check`: brings `dist/` up to date, and tells what changed. */
function synth(definitions: Definitions, options: SynthOptions, io: Io): number {
  const { folder, plan, issues, failed } = planOutput(definitions, options, io);
  const files = (kind: "create" | "update" | "delete"): string[] =>
    plan.changes.filter((change) => change.kind === kind).map(({ path }) => path);
  const write = !failed && options.check !== true;
  if (write) applyChanges(plan, folder);
  if (options.output === "json") {
    const result = {
      written: write,
      created: files("create"),
      updated: files("update"),
      deleted: files("delete"),
      unchanged: plan.unchanged,
    };
    printJson({ ...(failed ? { written: false } : result), issues: issuesAsJson(issues, io) }, io);
  } else {
    printIssues(issues, io);
    if (failed) io.stderr(`nothing was written: ${countOf(issues.filter(({ severity }) => severity === "error").length, "error")}\n`);
    else printSummary(plan, options, io);
  }
  return failed || (options.check === true && plan.changes.length > 0) ? 1 : 0;
}

function printSummary({ changes, unchanged }: ChangePlan, { check }: SynthOptions, io: Io): void {
  const verbs =
    check === true
      ? { create: "missing", update: "differs", delete: "foreign" }
      : { create: "created", update: "updated", delete: "deleted" };
  // in large pieces: thousands of lines, each by itself, are thousands of system calls, and all of them together megabytes
  for (let start = 0; start < changes.length; start += linesAtOnce) {
    const piece = changes.slice(start, start + linesAtOnce);
    io.stdout(piece.map(({ kind, path }) => `${verbs[kind]} ${path}\n`).join(""));
  }
  const count = (kind: keyof typeof verbs): string => `${changes.filter((change) => change.kind === kind).length} ${verbs[kind]}`;
  io.stdout(`${count("create")}, ${count("update")}, ${count("delete")}, ${unchanged} unchanged\n`);
  if (check === true && changes.length > 0) io.stderr("hint: run `npm run synth` and commit what it writes\n");
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
