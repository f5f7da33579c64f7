import { UserError } from "../errors/user-error.ts";
import { remoteTimeout } from "./fetch-branch.ts";
import { gitReason } from "./git-reason.ts";
import type { GitRepository } from "./git-repository.ts";
import { spawnGit } from "./run-git.ts";
import { unattended } from "./unattended.ts";

/** What git, and the servers that people use, say when somebody else moved the branch first or is moving it now. */
const race =
  /fetch first|non-fast-forward|stale info|already exists|(cannot|failed to|unable to) lock|\.lock'|failed to update ref|incorrect old value/i;

/** Which commit goes where. */
export interface Push {
  readonly commit: string;
  /** A remote's name. */
  readonly remote: string;
  readonly branch: string;
}

/**
 * Pushes one commit, never by force, with the caller's own credentials; nobody is asked for a password.
 *
 * @returns `raced`: somebody else moved the branch, and it stands where they put it
 * @throws UserError with the server's reason when it refuses, or cannot be reached
 */
export function pushCommit(git: GitRepository, { commit, remote, branch }: Push): "pushed" | "raced" {
  const args = ["push", "--porcelain", "--no-follow-tags", "--recurse-submodules=no", "--end-of-options", remote];
  const { status, stdout, stderr } = spawnGit([...args, `${commit}:refs/heads/${branch}`], {
    folder: git.folder,
    timeout: remoteTimeout,
    env: unattended(git.folder),
  });
  if (status === 0) return "pushed";
  const rejection = stdout.split("\n").find((line) => line.startsWith("!"));
  if (rejection === undefined) {
    const reason = status === null ? "no answer in time" : gitReason(stderr);
    throw new UserError(`git cannot push to '${remote}': ${reason}`, {
      hint: `look whether the commit has arrived (git fetch ${remote}), then run this again`,
    });
  }
  // `!\t<from>:<to>\t[remote rejected] (<reason>)`
  const reason = /\[[a-z ]+\] \((.*)\)$/.exec(rejection)?.[1] ?? rejection;
  if (race.test(reason)) return "raced";
  const said = gitReason(stderr);
  throw new UserError(`'${remote}' does not take the commit on '${branch}': ${reason}${said === "" ? "" : `: ${said}`}`, {
    hint: "where the branch takes pull requests only, give `--branch <name>`",
  });
}
