import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors/user-error.ts";
import type { GitRepository } from "./git-repository.ts";
import { gitReason } from "./git-reason.ts";
import { operationUnderWay } from "./operation.ts";
import { requireWholeClone } from "./require-whole-clone.ts";
import { spawnGit } from "./run-git.ts";

/** How many of the files that differ a message names. */
const named = 3;

/**
 * Makes sure that a commit can be made here which holds what was wanted and nothing else.
 *
 * @param root - the project's folder
 * @returns the branch that is checked out
 * @throws UserError when the clone is in no state for it; nothing has changed then
 */
export function requireCommittable(git: GitRepository, root: string): string {
  requireWholeProject(git, root);
  requireNothingUnderWay(git);
  const branch = requireBranch(git);
  requireWholeClone(git);
  requireClean(git);
  requireIdentity(git);
  return branch;
}

/**
 * Makes sure that the clone is the project's own.
 *
 * @param root - the project's folder
 * @throws UserError when the project is a folder of a larger clone
 */
export function requireWholeProject(git: GitRepository, root: string): void {
  if (realpathSync(git.folder) === realpathSync(root)) return;
  throw new UserError(`the project '${root}' is only a part of the clone '${git.folder}'`, {
    hint: "Keelson commits where the project is a clone of its own; without an option it writes the files, and you commit them",
  });
}

function requireNothingUnderWay(git: GitRepository): void {
  const operation = operationUnderWay(git);
  if (operation !== undefined) {
    throw new UserError(`a ${operation.name} is under way in this clone`, {
      hint: `end it first: \`${operation.goOn}\`, or \`git ${operation.name} --abort\``,
    });
  }
  const lock = join(git.directory(), "index.lock");
  if (existsSync(lock)) {
    throw new UserError(`another git is at work in this clone: '${lock}' exists`, {
      hint: "wait for it to end; where none runs, one was killed, and the file can be removed",
    });
  }
}

function requireBranch(git: GitRepository): string {
  const branch = git.branch();
  if (branch === undefined)
    throw new UserError("no branch is checked out: HEAD is detached", { hint: "check one out: git switch <branch>" });
  if (git.commit("HEAD") === undefined)
    throw new UserError(`the branch '${branch}' has no commit yet`, { hint: "make the first one by git" });
  return branch;
}

function requireClean(git: GitRepository): void {
  const changes = git.changes();
  if (changes.length === 0) return;
  const more = changes.length > named ? ` and ${changes.length - named} more` : "";
  throw new UserError(`this clone differs from its last commit: ${changes.slice(0, named).join(", ")}${more}`, {
    hint: "commit it, or put it aside: git stash --include-untracked",
  });
}

/** Git's own settings, or its environment variables; never a name that it makes up from the machine's. */
function requireIdentity(git: GitRepository): void {
  for (const who of ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"]) {
    const { status, stderr } = spawnGit(["-c", "user.useConfigOnly=true", "var", who], { folder: git.folder });
    if (status === 0) continue;
    throw new UserError(`git does not know who commits: ${gitReason(stderr)}`, {
      hint: "git config user.name <name> && git config user.email <address>",
    });
  }
}
