import type { PinMove } from "../history/pin-move.ts";
import type { ImageReference } from "../image/image-reference.ts";
import { isSameImage } from "../image/same-image.ts";

/** A version that ran between the one that an environment has and the one that it gets. */
export interface SkippedVersion {
  readonly reference: ImageReference;
  /** What brought it. */
  readonly move: PinMove;
}

/** How a pin came to be what it is where it is promoted from. */
export interface PinRun {
  /** Since when the image has run there; RFC 3339 in UTC. `undefined`: it is not committed yet. */
  readonly since: string | undefined;
  /** Newest first, each once; `undefined` where the target's own version never ran there, so that nobody can tell what was skipped. */
  readonly skipped: readonly SkippedVersion[] | undefined;
  /** Whether the target's own version came there later than this one: it moves back. */
  readonly backwards: boolean;
}

/**
 * Reads what ran in an environment before its pin became what it is.
 *
 * @param history - the moves of this pin in the environment that it is promoted from, newest first
 * @param source - the pin there
 * @param target - the pin in the environment that it is promoted into; `undefined` where there is none yet
 */
export function pinRun(history: readonly PinMove[], source: ImageReference, target: ImageReference | undefined): PinRun {
  const isSource = isImage(source);
  const other = history.findIndex(({ to }) => !isSource(to));
  const run = other < 0 ? history : history.slice(0, other);
  // the last is the oldest
  const first = history.findLastIndex(({ to }) => isSource(to));
  const firstOfTarget = target === undefined ? -1 : history.findLastIndex(({ to }) => isImage(target)(to));
  return {
    since: run.at(-1)?.commit.committedAt,
    skipped: target === undefined ? [] : skippedSince(target, history, isSource),
    backwards: firstOfTarget >= 0 && firstOfTarget < first,
  };
}

function isImage(image: ImageReference): (candidate: ImageReference | undefined) => boolean {
  return (candidate) => candidate !== undefined && isSameImage(candidate, image);
}

function skippedSince(
  target: ImageReference,
  history: readonly PinMove[],
  isSource: (image: ImageReference | undefined) => boolean,
): SkippedVersion[] | undefined {
  const last = history.findIndex(({ to }) => isImage(target)(to));
  if (last < 0) return undefined;
  const between = history
    .slice(0, last)
    .flatMap((move) => (move.to === undefined || isSource(move.to) ? [] : [{ reference: move.to, move }]));
  return between.filter(({ reference }, index) => between.findIndex((entry) => isSameImage(entry.reference, reference)) === index);
}
