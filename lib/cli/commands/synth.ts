import { isAbsolute, join } from "node:path";
import type { Definitions } from "../../definition/definitions.ts";
import { nearestNames } from "../../errors/nearest-names.ts";
import { UserError } from "../../errors/user-error.ts";
import { applyChanges } from "../../synth/apply-changes.ts";
import { planRepository, renderRepository } from "../../synth/line.ts";
import { openOutputFolder } from "../../synth/output-folder.ts";
import type { ChangePlan } from "../../synth/plan-changes.ts";
import type { Io } from "../io.ts";
import { issuesAsJson, printIssues } from "../print-issues.ts";
import { readAllImagePins } from "../read-image-pins.ts";

/** Options of `synth`, and of `diff`, which is its prefix. */
export interface SynthOptions {
  /** @default every environment, and what belongs to none */
  readonly environment?: readonly string[];
  /** @default the repository's output, in the project */
  readonly dist?: string;
  readonly check?: boolean;
  readonly force?: boolean;
  readonly output: "text" | "json";
}

/** Stages 1 to 7, or 1 to 6 with `--check`: brings `dist/` up to date, and tells what changed. */
export function synth(definitions: Definitions, options: SynthOptions, io: Io): number {
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
    io.stdout(`${JSON.stringify({ ...(failed ? { written: false } : result), issues: issuesAsJson(issues, io) }, null, 2)}\n`);
  } else {
    printIssues(issues, io);
    if (failed) io.stderr(`nothing was written: ${countOf(issues.filter(({ severity }) => severity === "error").length, "error")}\n`);
    else printSummary(plan, options, io);
  }
  return failed || (options.check === true && plan.changes.length > 0) ? 1 : 0;
}

/** Stages 1 to 6, for the commands that go on from a plan. `failed`: there is an error, and the plan is empty. */
export function planOutput(definitions: Definitions, options: SynthOptions, io: Io) {
  const environments = environmentsOf(definitions, options);
  const pins = readAllImagePins(io.root, definitions.environments);
  const rendered = renderRepository({ definitions, pins });
  const failed = rendered.issues.some(({ severity }) => severity === "error");
  const folder = outputFolder(definitions, options, io);
  const plan: ChangePlan = failed
    ? { changes: [], unchanged: 0, emptyFolders: [] }
    : planRepository(rendered, folder, { force: options.force ?? false, ...(environments && { environments }) });
  return { folder, plan, issues: rendered.issues, failed };
}

function outputFolder(definitions: Definitions, { dist }: SynthOptions, io: Io) {
  if (dist === undefined) return openOutputFolder(join(io.root, definitions.repository.output), definitions.repository.output);
  return openOutputFolder(isAbsolute(dist) ? dist : join(io.workingFolder, dist), dist);
}

function environmentsOf(definitions: Definitions, { environment: wanted }: SynthOptions): ReadonlySet<string> | undefined {
  if (wanted === undefined || wanted.length === 0) return undefined;
  const known = definitions.environments.map(({ definition }) => definition.name);
  const stranger = wanted.find((name) => !known.includes(name));
  if (stranger !== undefined) {
    throw new UserError(`there is no environment '${stranger}'`, { hint: `the environments are: ${nearestNames(stranger, known)}` });
  }
  return new Set(wanted);
}

function printSummary({ changes, unchanged }: ChangePlan, { check }: SynthOptions, io: Io): void {
  const verbs =
    check === true
      ? { create: "missing", update: "differs", delete: "foreign" }
      : { create: "created", update: "updated", delete: "deleted" };
  for (const { kind, path } of changes) io.stdout(`${verbs[kind]} ${path}\n`);
  const count = (kind: keyof typeof verbs): string => `${changes.filter((change) => change.kind === kind).length} ${verbs[kind]}`;
  io.stdout(`${count("create")}, ${count("update")}, ${count("delete")}, ${unchanged} unchanged\n`);
  if (check === true && changes.length > 0) io.stderr("hint: run `npm run synth` and commit what it writes\n");
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
