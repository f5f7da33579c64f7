import { remoteTimeout } from "./fetch-branch.ts";
import { gitReason } from "./git-reason.ts";
import { spawnGit } from "./run-git.ts";
import { unattended } from "./unattended.ts";

/**
 * Brings commits into a clone that it does not have yet: every branch of its origin, and one commit that may lie on none. Nobody is asked for a password;
 * nothing is checked out.
 *
 * @param folder - the clone's
 * @param id - a short one is found on branches only
 * @returns why git could not, in its own words; `undefined` where it could
 */
export function fetchCommit(folder: string, id: string): string | undefined {
  const fetch = (what: string): string | undefined => {
    const args = ["fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--end-of-options", "origin", what];
    const { status, stderr } = spawnGit(args, { folder, timeout: remoteTimeout, env: unattended(folder) });
    if (status === 0) return undefined;
    return status === null ? "no answer in time" : gitReason(stderr);
  };
  const branches = fetch("+refs/heads/*:refs/remotes/origin/*");
  return branches ?? (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(id) ? fetch(id) : undefined);
}
