import type { Commit } from "../git/commit.ts";
import type { PinMove } from "../history/pin-move.ts";
import type { ImageReference } from "../image/image-reference.ts";
import { avoidedStates } from "./avoided-states.ts";
import { type PinPeriod, pinPeriods, stateOf } from "./pin-period.ts";

/**
 * What a pin went back to from an image that was not put forward again since.
 *
 * @param moves - of this pin, newest first
 * @param isRollback - whether a commit says that it rolls back
 * @returns `undefined` where nobody took the image back
 */
export function rollbackFrom(
  image: ImageReference,
  moves: readonly PinMove[],
  isRollback: (commit: Commit) => boolean,
): Pick<PinPeriod, "since" | "origin"> | undefined {
  const [newest] = moves;
  if (newest === undefined) return undefined;
  const { key } = newest;
  const periods = pinPeriods(moves, new Map([[key, newest.to ?? image]]));
  const avoided = avoidedStates(periods, isRollback).get(stateOf(new Map([[key, image]]), new Map()));
  return avoided?.kind === "rolled-back" ? periods.find(({ since }) => since.id === avoided.by.id) : undefined;
}
