import { requireCommittable } from "../../git/clone-state.ts";
import { fastForward } from "../../git/fast-forward.ts";
import { GitRepository } from "../../git/git-repository.ts";
import { composeEdit } from "./compose-edit.ts";
import type { Landed, LandingJob } from "./landing.ts";

/** Commits an edit on the branch that is checked out, whichever that is. */
export async function commitEdit<T>(job: LandingJob<T>): Promise<Landed<T>> {
  const git = GitRepository.open(job.io.root);
  requireCommittable(git, job.io.root);
  const composed = await composeEdit(job, git);
  if (composed.outcome !== "composed") return composed;
  fastForward(git, composed.commit);
  return { ...composed, outcome: "committed" };
}
