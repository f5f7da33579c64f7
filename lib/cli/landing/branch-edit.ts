import { UserError } from "../../errors/user-error.ts";
import { fetchBranch } from "../../git/fetch-branch.ts";
import { GitRepository } from "../../git/git-repository.ts";
import { pushCommit } from "../../git/push-commit.ts";
import { spawnGit } from "../../git/run-git.ts";
import { isSameChange } from "../../git/same-change.ts";
import { composeEdit } from "./compose-edit.ts";
import type { Landing, LandingJob } from "./landing.ts";
import { landingTarget } from "./landing-target.ts";
import { reviewAddress } from "./review-address.ts";
import { takeBranch } from "./take-branch.ts";

/**
 * Commits an edit on top of what the remote's branch holds and pushes it as a branch of its own, for a pull request. The branch that is checked out
 * is brought up to the remote's, and does not get the commit. A run that is repeated is content with the branch that the first one left, though
 * others have moved on since.
 *
 * @throws UserError when there is a branch of that name with something else
 */
export async function branchEdit<T>(job: LandingJob<T>, name: string): Promise<Landing<T>> {
  const { definitions, io } = job;
  const git = GitRepository.open(io.root);
  requireBranchName(git, name, definitions.repository.branch);
  const target = landingTarget(git, job);
  if (takeBranch(git, target, definitions.repository.output)) return { outcome: "restarted", exitCode: await io.restart() };
  const composed = await composeEdit(job, git);
  if (composed.outcome !== "composed") return composed;
  const review = reviewAddress(target, name);
  const branched = { ...composed, outcome: "branched", ...(review !== undefined && { review }) } as const;
  const push = { ...target, commit: composed.commit, branch: name };
  if (fetchBranch(git, target.remote, name) === undefined && pushCommit(git, push) === "pushed") return branched;
  // there before, or since a moment ago
  const there = fetchBranch(git, target.remote, name);
  if (there !== undefined && holdsAlready(git, there, composed.commit, definitions.repository.output))
    return { ...branched, commit: there };
  throw new UserError(`'${target.remote}' has a branch '${name}' already, which holds something else`, {
    hint: `give another name, or remove it: git push ${target.remote} --delete ${name}`,
  });
}

/** The same files, or the same edit on top of what the followed branch held once: whoever merges that gets what is wanted, and rules check the result. */
function holdsAlready(git: GitRepository, there: string, commit: string, output: string): boolean {
  // merged, and taken back since: it brings nothing any more
  if (git.isAncestor(there, commit)) return false;
  if (git.tree(there, "") === git.tree(commit, "")) return true;
  const [parent] = git.log(there, { limit: 1 })[0]?.parents ?? [];
  return parent !== undefined && git.isAncestor(parent, commit) && isSameChange(git, there, commit, output);
}

function requireBranchName(git: GitRepository, name: string, followed: string): void {
  if (spawnGit(["check-ref-format", "--branch", name], { folder: git.folder }).status !== 0) {
    throw new UserError(`a branch cannot be called '${name}'`, { hint: "see `git help check-ref-format`" });
  }
  if (name === followed) {
    throw new UserError(`'${name}' is the branch that Argo CD follows`, { hint: "give another name, or `--push` for that one" });
  }
}
