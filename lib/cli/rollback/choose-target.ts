import { UserError } from "../../errors/user-error.ts";
import type { GitRepository } from "../../git/git-repository.ts";
import { commitAt } from "../../history/commit-at.ts";
import { pinsAt } from "../../history/pins-at.ts";
import type { Pins } from "../../image/pins.ts";
import type { Candidate, Candidates } from "../../rollback/candidate.ts";
import { findCandidate } from "../../rollback/find-candidate.ts";
import { pickCandidate, seenText } from "../../rollback/pick-candidate.ts";
import { givenMoment } from "../history/given-moment.ts";
import type { RollbackScope } from "./rollback-scope.ts";

/** Where pins go back to, and why there. */
export interface RollbackTarget {
  readonly pins: Pins;
  /** The commit whose configuration it ran with last. */
  readonly commit: string;
  /** `undefined` where the images are those of the present. */
  readonly candidate: Candidate | undefined;
  /** `seen Synced and Healthy at …`, `the one before, nobody saw it healthy`, `chosen as 2 steps back; …`. */
  readonly evidence: string;
}

/**
 * The state that somebody named, or the last good one.
 *
 * @param asked - `to`: as `--to` says it, @default the last good one; `now`: what ages are counted from
 * @returns `undefined` where nothing is named and nothing is left to go back to
 * @throws UserError when the name says nothing, or several things
 */
export function chooseTarget(
  git: GitRepository,
  { environment, owns }: RollbackScope,
  { candidates }: Candidates,
  present: Pins,
  { to, now }: { readonly to: string | undefined; readonly now: Date },
): RollbackTarget | undefined {
  if (to === undefined) {
    const picked = pickCandidate(candidates);
    if (picked === undefined) return undefined;
    const { candidate, evidence } = picked;
    return { pins: candidate.pins, commit: candidate.lastCommit, candidate, evidence };
  }
  const found = findCandidate(to, {
    candidates,
    present,
    commit: (revision) => git.commit(revision),
    isOnBranch: (commit) => git.isAncestor(commit, "HEAD"),
    pinsAt: (commit) => new Map([...pinsAt(git, environment.name, commit)].filter(([key]) => owns(key))),
    commitAt: (text) => commitOfInstant(git, text, now),
  });
  const { candidate, how } = found;
  const known = candidate === undefined ? "" : `; ${seenText(candidate, candidates)}`;
  return { pins: found.pins, commit: found.commit, candidate, evidence: `chosen as ${how}${known}` };
}

function commitOfInstant(git: GitRepository, text: string, now: Date): string | undefined {
  // what is no instant may be a commit, or a version as well
  const moment = givenMoment("--to", text, { commit: () => text }, now);
  if ("commit" in moment) return undefined;
  const commit = commitAt(git, moment.instant);
  if (commit === undefined) throw new UserError(`this branch is younger than '${text}'`, { hint: "see what ran with --list" });
  return commit.id;
}
