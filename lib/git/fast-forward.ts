import { UserError } from "../errors/user-error.ts";
import { gitReason } from "./git-reason.ts";
import type { GitRepository } from "./git-repository.ts";
import { spawnGit } from "./run-git.ts";

/**
 * Moves the branch that is checked out, and index and files with it, on to a commit that comes after it.
 *
 * @throws UserError when the branch or the files have changed meanwhile; all is left as it is then
 */
export function fastForward(git: GitRepository, commit: string): void {
  const { status, stderr } = spawnGit(["merge", "--ff-only", "--quiet", "--no-autostash", commit], { folder: git.folder });
  if (status !== 0) throw new UserError(`git cannot fast-forward the branch: ${gitReason(stderr)}`, { hint: "run this again" });
}
