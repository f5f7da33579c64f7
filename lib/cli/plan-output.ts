import { isAbsolute, join } from "node:path";
import type { Definitions } from "../definition/definitions.ts";
import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";
import type { Issue } from "../manifest/issue.ts";
import { hookOnlyChanges } from "../synth/hook-only-changes.ts";
import { planRepository, renderRepository } from "../synth/line.ts";
import { openOutputFolder, type OutputFolder } from "../synth/output-folder.ts";
import type { ChangePlan } from "../synth/plan-changes.ts";
import { datedIssues } from "./dated-issues.ts";
import type { Io } from "./io.ts";
import { projectFiles } from "./project-files.ts";
import { readLineInput } from "./read-line-input.ts";

/** What is compared with what. */
export interface PlanOptions {
  /** @default every environment, and what belongs to none */
  readonly environment?: readonly string[];
  /** @default the repository's output, in the project */
  readonly dist?: string;
  /** Take over a folder that holds something and that Keelson did not write. @default false */
  readonly force?: boolean;
}

/** What the output folder would have to become. */
export interface PlannedOutput {
  readonly folder: OutputFolder;
  readonly plan: ChangePlan;
  readonly issues: readonly Issue[];
  /** Whether an issue is an error; the plan is then empty. */
  readonly failed: boolean;
}

/**
 * Stages 1 to 6, for the commands that go on from a plan.
 *
 * @param project - the files that programs write. @default as they lie on the disk
 */
export function planOutput(definitions: Definitions, options: PlanOptions, io: Io, project = projectFiles(io.root)): PlannedOutput {
  const environments = environmentsOf(definitions, options);
  const rendered = renderRepository(readLineInput(definitions, project));
  const failed = rendered.issues.some(({ severity }) => severity === "error");
  const folder = outputFolder(definitions, options, io);
  const plan: ChangePlan = failed
    ? { changes: [], unchanged: 0, emptyFolders: [] }
    : planRepository(rendered, folder, { force: options.force ?? false, ...(environments && { environments }) });
  return {
    folder,
    plan,
    issues: [...rendered.issues, ...hookOnlyChanges(rendered.facts, plan.changes, folder), ...endedLeaves(definitions, io)],
    failed,
  };
}

/** As warnings: an image must be changed in an emergency whatever day it is, and what was committed must render the same for ever. */
function endedLeaves(definitions: Definitions, io: Io): Issue[] {
  return datedIssues(definitions, io.now()).map((issue) => ({ ...issue, severity: "warning" }));
}

function outputFolder(definitions: Definitions, { dist }: PlanOptions, io: Io): OutputFolder {
  if (dist === undefined) return openOutputFolder(join(io.root, definitions.repository.output), definitions.repository.output);
  return openOutputFolder(isAbsolute(dist) ? dist : join(io.workingFolder, dist), dist);
}

function environmentsOf(definitions: Definitions, { environment: wanted }: PlanOptions): ReadonlySet<string> | undefined {
  if (wanted === undefined || wanted.length === 0) return undefined;
  const known = definitions.environments.map(({ definition }) => definition.name);
  const stranger = wanted.find((name) => !known.includes(name));
  if (stranger !== undefined) {
    throw new UserError(`there is no environment '${stranger}'`, { hint: `the environments are: ${nearestNames(stranger, known)}` });
  }
  return new Set(wanted);
}
