import { UserError } from "../../errors/user-error.ts";
import { fastForward } from "../../git/fast-forward.ts";
import { GitRepository } from "../../git/git-repository.ts";
import { pushCommit } from "../../git/push-commit.ts";
import type { Io } from "../io.ts";
import { composeEdit } from "./compose-edit.ts";
import type { Landing, LandingJob } from "./landing.ts";
import { landingTarget } from "./landing-target.ts";
import { takeBranch } from "./take-branch.ts";

/** The shortest and the longest time that a pause may be of, in milliseconds. */
const [shortestPause, longestPause] = [100, 60_000];

/**
 * Commits an edit on top of what the remote's branch holds and pushes it there; where somebody else was faster, once more on top of that. The
 * branch that is checked out follows when the commit has arrived.
 *
 * @param mostAttempts - how often it is planned before it is given up. @default 40
 * @throws UserError when it is refused, or given up; nothing is pushed then
 */
export async function pushEdit<T>(job: LandingJob<T>, mostAttempts = 40): Promise<Landing<T>> {
  const { definitions, io } = job;
  const git = GitRepository.open(io.root);
  const target = landingTarget(git, job);
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const begun = io.now().getTime();
    if (takeBranch(git, target, definitions.repository.output)) return { outcome: "restarted", exitCode: await io.restart() };
    const composed = await composeEdit(job, git, attempt);
    if (composed.outcome !== "composed") return composed;
    if (pushCommit(git, { ...target, commit: composed.commit }) === "pushed") {
      follow(git, composed.commit, io);
      return { ...composed, outcome: "pushed" };
    }
    io.stderr(`'${target.branch}' of '${target.remote}' moved meanwhile; planning anew on top of that\n`);
    await io.sleep(pauseAfter(attempt, io.now().getTime() - begun));
  }
  throw new UserError(`'${target.branch}' of '${target.remote}' moved ${mostAttempts} times while this was planned and pushed`, {
    hint: "nothing was pushed; run this again when fewer others push",
  });
}

/** What has arrived has arrived: a branch that cannot follow is no failure of the delivery. */
function follow(git: GitRepository, commit: string, io: Io): void {
  try {
    fastForward(git, commit);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    io.stderr(`warning: the commit is pushed, but the branch here stays behind: ${error.message}\n  hint: git pull --ff-only\n`);
  }
}

/**
 * Of chance length, so that those who lost to the same third do not meet again, out of a time that doubles. It starts from how long an attempt takes: many on
 * one machine slow each other down, and shorter pauses would let all of them render for one to win.
 */
function pauseAfter(attempt: number, duration: number): number {
  return Math.random() * Math.min(longestPause, Math.max(shortestPause, duration) * 2 ** attempt);
}
