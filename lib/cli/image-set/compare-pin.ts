import type { GitRepository } from "../../git/git-repository.ts";
import { requireWholeClone } from "../../git/require-whole-clone.ts";
import { pinHistory } from "../../history/pin-history.ts";
import { sourceCommitOf } from "../../history/source-commit.ts";
import type { ImagePins } from "../../image/image-pins.ts";
import type { ImageReference } from "../../image/image-reference.ts";
import { taggedCommit } from "../../image/tagged-commit.ts";
import { toldRollback } from "../rollback/told-rollback.ts";
import type { PlannedPin } from "./planned-pin.ts";
import type { SourceOrder } from "./source-order.ts";
import type { WantedPin } from "./wanted-pins.ts";

/** What a pin is compared with. */
export interface PresentState {
  readonly pins: ImagePins;
  /** The GitOps repository; `undefined` where the project lies in no clone. */
  readonly git: GitRepository | undefined;
  /** Where the new images come from; `undefined` where nobody said it. */
  readonly order: SourceOrder | undefined;
}

/**
 * What becomes of a pin as far as it alone is concerned: it never goes back to an image that was built from an earlier commit.
 *
 * @throws UserError when the clone that images are built from cannot tell which commit is the later one
 */
export function comparePin(wanted: WantedPin, state: PresentState): PlannedPin {
  const { git } = state;
  const pin = inOrder(wanted, state);
  if (pin.outcome !== "moves" || pin.warning !== undefined || git === undefined || git.isShallow()) return pin;
  const back = toldRollback(git, wanted.environment.name, wanted.text, wanted.reference);
  return back === undefined ? pin : { ...pin, warning: back };
}

function inOrder(wanted: WantedPin, { pins, git, order }: PresentState): PlannedPin {
  const from = pins.pins.get(wanted.text)?.reference;
  if (from?.toString() === wanted.reference.toString()) return { wanted, from, outcome: "unchanged" };
  if (order === undefined) return { wanted, from, outcome: "moves" };
  const pinned = from && pinnedCommit(git, wanted, from);
  if (from === undefined || pinned === undefined) return { wanted, from, outcome: "moves", sourceCommit: order.commit };
  return afterPinned(wanted, from, { pinned, order });
}

function afterPinned(
  wanted: WantedPin,
  from: ImageReference,
  { pinned, order }: { readonly pinned: string; readonly order: SourceOrder },
): PlannedPin {
  const moves: PlannedPin = { wanted, from, outcome: "moves", sourceCommit: order.commit };
  const title = `'${wanted.text}' in '${wanted.environment.name}'`;
  const relation = order.relationTo(pinned, title);
  if (relation === "apart") {
    return { ...moves, warning: `${title} was built from '${pinned}', which '${order.commit}' does not come after` };
  }
  if (relation !== "before") return moves;
  const { digest } = wanted.reference;
  // the same image by a release's name is no step back; the later commit gave it too, and stays on record
  if (digest !== undefined && from.digest === digest && taggedCommit(wanted.reference) === undefined)
    return { ...moves, sourceCommit: pinned };
  return { wanted, from, outcome: "superseded", reason: `it was built from '${pinned}', which comes after '${order.commit}'` };
}

/**
 * What the present image was built from: as the branch's history has it, unless the file says another image already. A move that only gave the image
 * another tag leaves that to the one before.
 */
function pinnedCommit(git: GitRepository | undefined, { environment, text }: WantedPin, from: ImageReference): string | undefined {
  if (git?.commit("HEAD") === undefined) return taggedCommit(from);
  requireWholeClone(git);
  const moves = pinHistory(git, environment.name).filter(({ key }) => key === text);
  if (moves[0]?.to?.toString() !== from.toString()) return taggedCommit(from);
  const other = moves.findIndex(({ to }) => to?.digest === undefined || to.digest !== from.digest);
  const own = moves.slice(0, other < 0 ? moves.length : Math.max(other, 1));
  for (const { commit } of own) {
    const known = sourceCommitOf(git, environment.name, text, commit.id);
    if (known !== undefined) return known;
  }
  return undefined;
}
