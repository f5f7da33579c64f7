import { shortId } from "../../git/short-id.ts";
import { deliveryFacts, whoOf } from "../../history/delivery-facts.ts";
import type { HistoryGit } from "../../history/history-git.ts";
import { pinHistory } from "../../history/pin-history.ts";
import type { ImageReference } from "../../image/image-reference.ts";
import { imageVersion } from "../../image/image-version.ts";
import { rollbackFrom } from "../../rollback/rollback-from.ts";

/**
 * Where an environment went back from the very image that is to come again: when, who did that, and why; one line.
 *
 * @param git - a whole clone. @default nobody knows
 * @param key - of the pin
 */
export function toldRollback(git: HistoryGit | undefined, environment: string, key: string, image: ImageReference): string | undefined {
  const moves = git?.commit("HEAD") === undefined ? [] : pinHistory(git, environment).filter((move) => move.key === key);
  const found = rollbackFrom(image, moves, (commit) => deliveryFacts(commit).action === "rollback");
  if (found === undefined) return undefined;
  const { since, origin } = found;
  const { reason } = deliveryFacts(origin);
  const who = `${whoOf(origin)}, ${shortId(origin.id)}: ${origin.subject}`;
  return `'${environment}' was rolled back from ${imageVersion(image)} at ${since.committedAt} (${who})${reason === undefined ? "" : `; reason: ${reason}`}`;
}
