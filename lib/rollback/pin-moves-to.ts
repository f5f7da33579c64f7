import type { ImageReference } from "../image/image-reference.ts";
import { type Pins, sameImage } from "./pin-period.ts";

/** How pins come to a state. */
export interface MovesTo {
  /** By key, in its order. */
  readonly moves: readonly { readonly key: string; readonly from: ImageReference; readonly to: ImageReference }[];
  /** Pins that there were not then: they stay. */
  readonly kept: readonly string[];
  /** Pins of then that nothing takes any more: they are left out. */
  readonly leftOut: readonly string[];
}

/** What moves where pins go back; a pin that runs the same image already keeps its name. */
export function movesTo(target: Pins, present: Pins): MovesTo {
  const keys = [...present.keys()].sort();
  return {
    moves: keys.flatMap((key) => {
      const [from, to] = [present.get(key), target.get(key)];
      return from === undefined || to === undefined || sameImage(from, to) ? [] : [{ key, from, to }];
    }),
    kept: keys.filter((key) => !target.has(key)),
    leftOut: [...target.keys()].filter((key) => !present.has(key)).sort(),
  };
}
