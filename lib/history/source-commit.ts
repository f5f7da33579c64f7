import { taggedCommit } from "../image/tagged-commit.ts";
import { deliveryFacts } from "./delivery-facts.ts";
import type { HistoryGit } from "./history-git.ts";
import { pinHistory } from "./pin-history.ts";

/**
 * The commit that the image of a pin was built from: as the move that set the pin says, else as its tag does.
 *
 * @param key - `<system>/<service>[:<container>][@<track>]`
 * @param revision - the branch
 * @returns as it stands there, which may be a short id; `undefined` where nothing says it, or there is no such pin
 */
export function sourceCommitOf(git: HistoryGit, environment: string, key: string, revision: string): string | undefined {
  const move = pinHistory(git, environment, revision).find((entry) => entry.key === key);
  if (move?.to === undefined) return undefined;
  return deliveryFacts(move.origin).sourceCommits(key) ?? taggedCommit(move.to);
}
