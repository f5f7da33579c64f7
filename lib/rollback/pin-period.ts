import type { Commit } from "../git/commit.ts";
import type { PinMove } from "../history/pin-move.ts";
import type { ImageReference } from "../image/image-reference.ts";
import type { Pins } from "../image/pins.ts";
import { imageIdentity } from "../image/same-image.ts";

/** A stretch of history in which the same images ran: all that a rollback moves taken together. */
export interface PinPeriod {
  /** What ran, of the keys that there are now: equal texts, equal images. Where there is a digest the tag is but a name. */
  readonly state: string;
  /** What would run if the pins went back to it now: a key that there was not then stays as it is. */
  readonly result: string;
  /** Every way in which the pins were written meanwhile (a digest may get another tag), oldest first; keys that are gone are left out. */
  readonly spellings: readonly Pins[];
  /** The moves that began it. */
  readonly moves: readonly PinMove[];
  /** The commit of the branch since which it held. */
  readonly since: Commit;
  /** The commit that says who and why. */
  readonly origin: Commit;
  /** The commit of the branch that ended it; `undefined` for the present. */
  readonly until: Commit | undefined;
}

/**
 * The periods of some pins, oldest first; the last one is the present. What changed only pins that are gone, or only how an image is called, begins no
 * new one.
 *
 * @param moves - of these pins, newest first
 * @param present - the pins as they are now, which say what keys there are
 */
export function pinPeriods(moves: readonly PinMove[], present: Pins): PinPeriod[] {
  const periods: PinPeriod[] = [];
  const pins = new Map<string, ImageReference>();
  for (const step of stepsOf(moves)) {
    for (const { key, to } of step) {
      if (to === undefined) pins.delete(key);
      else pins.set(key, to);
    }
    const [first] = step;
    const [held, last] = [projected(pins, present), periods.at(-1)];
    const state = stateOf(held, new Map());
    if (first === undefined) continue;
    if (last?.state === state) periods.splice(-1, 1, { ...last, spellings: [...last.spellings, held] });
    else {
      if (last !== undefined) periods.splice(-1, 1, { ...last, until: first.commit });
      const { commit: since, origin } = first;
      periods.push({ state, result: stateOf(held, present), spellings: [held], moves: step, since, origin, until: undefined });
    }
  }
  return periods;
}

/** What runs with some pins, and of keys that they lack with those of `others`. */
export function stateOf(pins: Pins, others: Pins): string {
  return [...new Map([...others, ...pins])]
    .map(([key, reference]) => `${key}=${imageIdentity(reference)}`)
    .sort()
    .join("\n");
}

/** The moves of one commit each, oldest first. */
function stepsOf(moves: readonly PinMove[]): PinMove[][] {
  const steps: PinMove[][] = [];
  for (const move of moves.toReversed()) {
    const last = steps.at(-1);
    if (last?.[0]?.commit.id === move.commit.id) last.push(move);
    else steps.push([move]);
  }
  return steps;
}

function projected(pins: Pins, present: Pins): Pins {
  return new Map([...pins].filter(([key]) => present.has(key)).sort(([a], [b]) => (a < b ? -1 : 1)));
}
