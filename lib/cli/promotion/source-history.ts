import type { GitRepository } from "../../git/git-repository.ts";
import { requireWholeClone } from "../../git/require-whole-clone.ts";
import { deliveryFacts } from "../../history/delivery-facts.ts";
import { pinHistory } from "../../history/pin-history.ts";
import type { PinMove } from "../../history/pin-move.ts";
import { sourceCommitOf } from "../../history/source-commit.ts";
import { taggedCommit } from "../../image/tagged-commit.ts";
import { pinRun } from "../../promotion/pin-runs.ts";
import type { PromotedPin } from "../../promotion/promoted-pins.ts";
import type { PlannedPin } from "./promotion.ts";

/**
 * What Git knows of pins where they are promoted from; without a clone nothing is known but what their tags say.
 *
 * @param environment - where they are promoted from
 * @throws UserError when the clone's history is not whole
 */
export function withHistory(
  pins: readonly PromotedPin[],
  git: Pick<GitRepository, "log" | "read" | "tree" | "commit" | "folder" | "isShallow"> | undefined,
  environment: string,
): PlannedPin[] {
  if (git === undefined)
    return pins.map((pin) => ({ ...pin, since: undefined, backwards: false, skipped: undefined, sourceCommit: taggedCommit(pin.source) }));
  requireWholeClone(git);
  const moves = pinHistory(git, environment);
  return pins.map((pin) => {
    const own = moves.filter(({ key }) => key === pin.key);
    const { since, skipped, backwards } = pinRun(own, pin.source, pin.target);
    return {
      ...pin,
      since,
      backwards,
      skipped: skipped?.map(({ reference, move: { origin, commit } }) => ({
        reference,
        sourceCommit: deliveryFacts(origin).sourceCommits(pin.key) ?? taggedCommit(reference),
        at: commit.committedAt,
      })),
      sourceCommit: isCommitted(own, pin) ? sourceCommitOf(git, environment, pin.key, "HEAD") : taggedCommit(pin.source),
    };
  });
}

/** Whether the newest move made the pin what it is, so that what its commit says is said of this pin. */
function isCommitted([newest]: readonly PinMove[], { source }: PromotedPin): boolean {
  return newest?.to?.toString() === source.toString();
}
