import { UserError } from "../../errors/user-error.ts";
import { fastForward } from "../../git/fast-forward.ts";
import { fetchBranch } from "../../git/fetch-branch.ts";
import type { GitRepository } from "../../git/git-repository.ts";
import type { LandingTarget } from "./landing-target.ts";

/** What programs write and people read: no part of the program that is running. */
const data = [/^environments\/[^/]+\/[^/]+\.yaml$/, /^docs\//, /\.md$/];

/**
 * Fetches the branch that Argo CD follows and brings the one checked out up to it.
 *
 * @param output - the folder of the generated files
 * @returns whether the program itself has changed with that: what this process has in memory is then out of date
 * @throws UserError when there are commits here that the remote does not have, or other packages have to be installed first
 */
export function takeBranch(git: GitRepository, { remote, branch }: LandingTarget, output: string): boolean {
  const tip = fetchBranch(git, remote, branch);
  const head = git.commit("HEAD");
  if (tip === undefined || head === undefined) {
    throw new UserError(`'${remote}' has no branch '${branch}'`, { hint: "repository.branch in environments/repository.ts names it" });
  }
  if (tip === head) return false;
  if (!git.isAncestor(head, tip)) {
    throw new UserError(`there are commits here that '${branch}' of '${remote}' does not have: local commits are not pushed along`, {
      hint: `push them by git, or take them away: git reset --keep ${remote}/${branch}`,
    });
  }
  const changed = git.changedFiles(head, tip);
  if (changed.includes("package-lock.json")) {
    throw new UserError(`'${branch}' of '${remote}' wants other packages than are installed here`, {
      hint: "run `git pull --ff-only && npm ci`, then this again",
    });
  }
  fastForward(git, tip);
  return changed.some((path) => !path.startsWith(`${output}/`) && !data.some((kind) => kind.test(path)));
}
