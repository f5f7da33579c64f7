import type { Command } from "commander";
import type { Definitions } from "../../definition/definitions.ts";
import { UserError } from "../../errors/user-error.ts";
import { requireWholeProject } from "../../git/clone-state.ts";
import { type Conflict, conflictsOf } from "../../git/conflicts.ts";
import { GitRepository } from "../../git/git-repository.ts";
import { operationUnderWay } from "../../git/operation.ts";
import { readBlobs } from "../../git/read-blobs.ts";
import { stageFiles } from "../../git/stage-files.ts";
import { holdsFile } from "../../hold/holds.ts";
import { imagePinsFile } from "../../image/image-pins.ts";
import { sealedValuesFile } from "../../sealing/sealed-values.ts";
import { applyChanges } from "../../synth/apply-changes.ts";
import { openOutputFolder } from "../../synth/output-folder.ts";
import type { CommandContext } from "../command-context.ts";
import type { Io } from "../io.ts";
import { planOutput } from "../plan-output.ts";
import { printIssues } from "../print-issues.ts";
import { projectFiles } from "../project-files.ts";
import { type KeyConflict, type MergedFlatFile, mergeFlatFile } from "../resolve/merge-flat-file.ts";

/** `keelson resolve`. */
export function addResolveCommand(program: Command, { definitions, io, done }: CommandContext): void {
  program
    .command("resolve")
    .description("in a merge or rebase with conflicts: merge what programs write key by key, and write the generated files anew")
    .action(() => {
      done(resolve(definitions, io));
    });
}

/** Resolves what programs write, where that is all that is in conflict, and stages it; ends neither merge nor rebase. */
function resolve(definitions: Definitions, io: Io): number {
  const git = GitRepository.open(io.root);
  requireWholeProject(git, io.root);
  const [operation, conflicts] = [operationUnderWay(git), conflictsOf(git)];
  if (operation === undefined && conflicts.length === 0) {
    throw new UserError("no merge or rebase is under way in this clone", {
      hint: "generated files are brought up to date by `npm run synth`",
    });
  }
  const { output } = definitions.repository;
  const inInput = conflicts.filter(({ path }) => !path.startsWith(`${output}/`));
  requireMergeable(definitions, inInput);

  const merged = mergeAll(git, inInput);
  const undecided = merged.flatMap(({ path, conflicts: keys }) => keys.map((conflict) => ({ path, ...conflict })));
  if (undecided.length > 0) {
    for (const conflict of undecided) io.stdout(`${describe(conflict)}\n`);
    showUndecided(merged, io);
    io.stderr("hint: between the markers choose a line of each, and leave the others; `git add` the file, then run this again\n");
    return 1;
  }
  const files = new Map(merged.map(({ path, text }) => [path, text]));
  const { folder, plan, issues, failed } = planOutput(definitions, {}, io, projectFiles(io.root, files));
  printIssues(issues, io);
  if (failed) {
    io.stderr("nothing was written: what both sides give together is wrong\n");
    return 1;
  }
  applyChanges(plan, folder);
  const project = openOutputFolder(io.root);
  for (const [path, text] of files) project.write(path, text);
  stageFiles(git, [output, ...files.keys()]);

  for (const { path } of merged) io.stdout(`merged ${path}\n`);
  io.stdout(`${plan.changes.length} generated files written, ${output} staged\n`);
  io.stderr(`hint: look at it by \`git diff --cached\`, then ${operation === undefined ? "commit it" : `run \`${operation.goOn}\``}\n`);
  return 0;
}

/** @throws UserError when something is in conflict that only people can merge */
function requireMergeable(definitions: Definitions, conflicts: readonly Conflict[]): void {
  const names = definitions.environments.map(({ definition }) => definition.name);
  const mergeable = new Set(names.flatMap((name) => [imagePinsFile(name), holdsFile(name), sealedValuesFile(name)]));
  const strangers = conflicts.filter(({ path, ours, theirs }) => !mergeable.has(path) || ours === undefined || theirs === undefined);
  if (strangers.length === 0) return;
  throw new UserError(`this must be merged by hand: ${strangers.map(({ path }) => `'${path}'`).join(", ")}`, {
    hint: "do so, `git add` it, then run this again for what programs write",
  });
}

function mergeAll(git: GitRepository, conflicts: readonly Conflict[]) {
  const ids = conflicts.flatMap(({ base, ours, theirs }) => [base, ours, theirs].filter((id) => id !== undefined));
  const texts = readBlobs(git, ids);
  const textOf = (id: string | undefined): string => (id === undefined ? "" : (texts.get(id) ?? ""));
  return conflicts.map(({ path, base, ours, theirs }) => ({
    path,
    ...mergeFlatFile({ base: textOf(base), ours: textOf(ours), theirs: textOf(theirs) }, path),
  }));
}

/** Leaves nothing between markers but what somebody must choose; a file without markers has been edited already. */
function showUndecided(merged: readonly (MergedFlatFile & { readonly path: string })[], { root }: Io): void {
  const project = openOutputFolder(root);
  for (const { path, text, conflicts } of merged) {
    if (conflicts.length > 0 && /^<<<<<<< /m.test(project.read(path) ?? "")) project.write(path, text);
  }
}

function describe({ path, key, ours, theirs }: KeyConflict & { readonly path: string }): string {
  const say = (value: string | undefined): string => (value === undefined ? "removes it" : `has '${value}'`);
  return `'${key}' in ${path}: HEAD ${say(ours)}, the other side ${say(theirs)}`;
}
