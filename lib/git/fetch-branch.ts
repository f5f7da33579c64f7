import { UserError } from "../errors/user-error.ts";
import { gitReason } from "./git-reason.ts";
import type { GitRepository } from "./git-repository.ts";
import { spawnGit } from "./run-git.ts";
import { unattended } from "./unattended.ts";

/** How long a remote may take, in milliseconds. */
export const remoteTimeout = 300_000;

/**
 * Fetches one branch, with the caller's own credentials; nobody is asked for a password.
 *
 * @returns the commit it stands at; `undefined` when the remote has no such branch
 * @throws UserError when the remote cannot be reached, or refuses
 */
export function fetchBranch(git: GitRepository, remote: string, branch: string): string | undefined {
  const tracking = `refs/remotes/${remote}/${branch}`;
  const refspec = `+refs/heads/${branch}:${tracking}`;
  const { status, stderr } = spawnGit(["fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--end-of-options", remote, refspec], {
    folder: git.folder,
    timeout: remoteTimeout,
    env: unattended(git.folder),
  });
  if (status === 0) return git.commit(tracking);
  if (/couldn't find remote ref/i.test(stderr)) return undefined;
  const reason = status === null ? "no answer in time" : gitReason(stderr);
  throw new UserError(`git cannot fetch '${branch}' from '${remote}': ${reason}`, {
    hint: "nothing was changed; see that the remote can be reached with your credentials: git fetch",
  });
}
