import type { ImageReference } from "../image/image-reference.ts";
import type { Pins } from "../image/pins.ts";
import { isSameImage } from "../image/same-image.ts";

/** How pins come to a state. */
export interface MovesTo {
  /** By key, in its order. */
  readonly moves: readonly { readonly key: string; readonly from: ImageReference; readonly to: ImageReference }[];
  /** Pins that ran then what others now leave, and go on with it: a canary whose version was made the stable one. */
  readonly goOn: readonly string[];
  /** Pins that there were not then: they stay. */
  readonly kept: readonly string[];
  /** Pins of then that nothing takes any more: they are left out. */
  readonly leftOut: readonly string[];
}

/** What moves where pins go back; a pin that runs the same image already keeps its name. */
export function movesTo(target: Pins, present: Pins): MovesTo {
  const keys = [...present.keys()].sort();
  const moves = keys.flatMap((key) => {
    const [from, to] = [present.get(key), target.get(key)];
    return from === undefined || to === undefined || isSameImage(from, to) ? [] : [{ key, from, to }];
  });
  const isLeft = (image: ImageReference | undefined): boolean => image !== undefined && moves.some(({ from }) => isSameImage(from, image));
  return {
    moves,
    goOn: keys.filter((key) => target.has(key) && !moves.some((move) => move.key === key) && isLeft(present.get(key))),
    kept: keys.filter((key) => !target.has(key)),
    leftOut: [...target.keys()].filter((key) => !present.has(key)).sort(),
  };
}
