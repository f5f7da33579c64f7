import { wholeSecond } from "../definition/instant.ts";
import type { Commit } from "../git/commit.ts";
import type { HistoryGit } from "./history-git.ts";

/**
 * The commit that a branch stood at: from its tip along the first parents the first one that was not committed later.
 *
 * @param instant - RFC 3339 in UTC: `2026-11-20T14:00:00Z`
 * @param revision - the branch. @default HEAD
 * @returns `undefined` where the branch is younger
 */
export function commitAt(git: Pick<HistoryGit, "log">, instant: string, revision = "HEAD"): Commit | undefined {
  // git counts seconds, and times of one form sort as text
  const second = wholeSecond(instant);
  return git.log(revision, { firstParent: true }).find(({ committedAt }) => committedAt <= second);
}
