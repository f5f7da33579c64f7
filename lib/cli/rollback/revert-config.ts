import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execPath } from "node:process";
import { UserError } from "../../errors/user-error.ts";
import type { Commit } from "../../git/commit.ts";
import type { GitRepository } from "../../git/git-repository.ts";
import { plainPatch } from "../../git/plain-patch.ts";
import { spawnGit } from "../../git/run-git.ts";
import { shortId } from "../../git/short-id.ts";
import { holdsFile } from "../../hold/holds.ts";
import { editImagePins } from "../../image/edit-image-pins.ts";
import { imagePinsFile } from "../../image/image-pins.ts";
import type { ImageReference } from "../../image/image-reference.ts";
import { configCommits } from "../../rollback/config-commits.ts";
import { unitFolders, type Units } from "../../rollback/unit-objects.ts";
import type { FileChange } from "../../synth/plan-changes.ts";
import { type TemporaryWorktree, withTemporaryWorktree } from "./temporary-worktree.ts";

/** What the line starts from in a worktree. */
const program = "lib/cli/keelson.mjs";

const mostNamed = 10;

/** What is to be as it was. */
export interface ConfigRevert {
  readonly units: Units;
  /** The commit whose manifests of these units are wanted. */
  readonly commit: string;
  /** What each pin of theirs becomes; `undefined` for one that goes. */
  readonly pins: ReadonlyMap<string, ImageReference | undefined>;
  /** A file that is written beside, once all is proved: by path. */
  readonly beside: ReadonlyMap<string, string>;
  /** Whether files of others may change with it. */
  readonly allowOthers: boolean;
}

/** A revert that was carried out and proved, but not landed. */
export interface RevertedConfig {
  /** The commits whose definitions were taken back, newest first; one that moved nothing but pins is none. */
  readonly commits: readonly Commit[];
  /** The whole new text of every file that changes outside of the output, by path; `undefined` for one that goes. */
  readonly files: ReadonlyMap<string, string | undefined>;
  /** What becomes of the output. */
  readonly rendered: readonly FileChange[];
  /** Files of the output that change with it and belong to others. */
  readonly others: readonly string[];
}

/**
 * Takes back, in a working tree of its own, what commits changed in the definitions of some units, and renders the result: it must be, file by file, what
 * the branch held then.
 *
 * @throws UserError when a change cannot be taken back, the result does not render, differs, or changes what others run
 */
export function revertConfig(git: GitRepository, revert: ConfigRevert): RevertedConfig {
  const commits = configCommits(git, revert.units, revert.commit);
  const head = git.commit("HEAD") ?? "HEAD";
  return withTemporaryWorktree(git.folder, head, (worktree) => {
    if (!existsSync(join(worktree.folder, program)))
      throw new UserError(`'${program}' is not in this repository, so that nothing can be rendered from another state of it`);
    const taken = commits.filter((commit) => takeBack(commit, worktree, revert.units));
    const pins = imagePinsFile(revert.units.environment);
    const file = join(worktree.folder, pins);
    writeFileSync(file, editImagePins(readFileSync(file, "utf8"), pins, revert.pins));
    render(worktree, commits);
    const tree = worktree.tree();
    requireEqual(git, worktree, tree, revert, commits);
    const others = othersIn(changedFiles(worktree, head, tree), git, revert);
    if (others.length > 0 && !revert.allowOthers) {
      throw new UserError(
        `taking the configuration back changes ${others.length === 1 ? "a file" : `${others.length} files`} of others: ${listed(others)}`,
        {
          hint: `look at ${named(commits)}; --allow-others lets them change too`,
        },
      );
    }
    for (const [path, text] of revert.beside) writeFileSync(join(worktree.folder, path), text);
    if (revert.beside.size > 0) render(worktree, commits);
    return { commits: taken, others, ...changesIn(git, worktree, head, revert.units.output) };
  });
}

/**
 * What machines write follows by itself: pins are set, the output is rendered.
 *
 * @returns whether there was anything else
 */
function takeBack(commit: Commit, worktree: TemporaryWorktree, { output }: Units): boolean {
  const machineWritten = [output, imagePinsFile("*"), holdsFile("*")];
  const paths = ["--", ".", ...machineWritten.map((path) => `:(exclude,top,glob)${path}${path === output ? "/**" : ""}`)];
  const [parent] = commit.parents;
  if (parent === undefined) return false;
  const patch = worktree.git(["diff", ...plainPatch, "--binary", parent, commit.id, ...paths]);
  if (patch === "") return false;
  const { status, stderr } = spawnGit(["apply", "--reverse", "--3way", "--whitespace=nowarn", "-"], {
    folder: worktree.folder,
    input: patch,
  });
  if (status === 0) return true;
  const files = [
    ...stderr.matchAll(/^(?:error: |U |Applied patch to )'?([^':\n]+)'?(?=: (?:patch does not apply|does not)| with conflicts|$)/gm),
  ];
  const which = [...new Set(files.map(([, path = ""]) => path))];
  throw new UserError(
    `what ${shortId(commit.id)} (${commit.subject}) changed cannot be taken back${which.length === 0 ? "" : `: later changes meet it in ${listed(which)}`}`,
    { hint: `take it back by hand: git show ${shortId(commit.id)}` },
  );
}

/** Types are not looked at here: what does not load, or breaks a rule, ends it. */
function render({ folder }: TemporaryWorktree, commits: readonly Commit[]): void {
  const { status, signal, stderr, error } = spawnSync(execPath, [program, "synth"], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (error !== undefined) throw error;
  if (signal !== null) throw new UserError(`rendering was ended by ${signal}`);
  if (status === 0) return;
  const reason = stderr.split("\n").find((line) => line.startsWith("error: ")) ?? stderr.split("\n")[0] ?? "";
  throw new UserError(`the definitions of then do not render: ${reason.replace(/^error: /, "")}`, {
    hint: commits.length === 0 ? "the pins alone do that" : `look at ${named(commits)}`,
  });
}

function requireEqual(
  git: GitRepository,
  worktree: TemporaryWorktree,
  tree: string,
  { units, commit }: ConfigRevert,
  commits: readonly Commit[],
): void {
  const folders = new Set([...unitFolders(git, commit, units), ...unitFolders(git, "HEAD", units)]);
  const different = changedFiles(worktree, commit, tree).filter((path) => folders.has(path.slice(0, path.lastIndexOf("/"))));
  if (different.length === 0) return;
  throw new UserError(`the configuration of ${shortId(commit)} does not come back: ${listed(different)} would differ`, {
    hint: commits.length === 0 ? "something else changed it" : `look at ${named(commits)}`,
  });
}

/** The files of the output that change and are not of these units. */
function othersIn(changed: readonly string[], git: GitRepository, { units, commit }: ConfigRevert): string[] {
  const own = new Set([...unitFolders(git, commit, units), ...unitFolders(git, "HEAD", units)]);
  return changed.filter((path) => path.startsWith(`${units.output}/`) && !own.has(path.slice(0, path.lastIndexOf("/"))));
}

function changesIn(
  git: GitRepository,
  worktree: TemporaryWorktree,
  head: string,
  output: string,
): Pick<RevertedConfig, "files" | "rendered"> {
  const changed = changedFiles(worktree, head, worktree.tree()).map((path) => {
    const file = join(worktree.folder, path);
    return { path, content: existsSync(file) ? readFileSync(file, "utf8") : undefined };
  });
  const isRendered = (path: string): boolean => path.startsWith(`${output}/`);
  // they go last: as long as they are not written there is something to do
  const isNoPins = ({ path }: { readonly path: string }): boolean => !path.endsWith("/images.yaml");
  return {
    files: new Map(
      [...changed.filter(isNoPins), ...changed.filter((file) => !isNoPins(file))].flatMap(({ path, content }) =>
        isRendered(path) ? [] : [[path, content]],
      ),
    ),
    rendered: changed
      .filter(({ path }) => isRendered(path))
      .map(({ path: whole, content }) => {
        const path = whole.slice(output.length + 1);
        if (content === undefined) return { kind: "delete", path };
        return { kind: git.tree(head, whole) === undefined ? "create" : "update", path, content };
      }),
  };
}

function changedFiles({ git }: TemporaryWorktree, from: string, to: string): string[] {
  return git(["diff", "--name-only", "--no-renames", "-z", from, to])
    .split("\0")
    .filter((path) => path !== "");
}

function listed(paths: readonly string[]): string {
  const more = paths.length > mostNamed ? ` and ${paths.length - mostNamed} more` : "";
  return `${paths
    .slice(0, mostNamed)
    .map((path) => `'${path}'`)
    .join(", ")}${more}`;
}

function named(commits: readonly Commit[]): string {
  return commits.map(({ id, subject }) => `${shortId(id)} (${subject})`).join(", ");
}
