import type { ImagePins } from "./image-pins.ts";
import type { ImageReference } from "./image-reference.ts";

/** Image references by key, `<system>/<service>[:<container>][@<track>]`, wherever they stand. */
export type Pins = ReadonlyMap<string, ImageReference>;

/** Of an environment that has none. */
export const noPins: Pins = new Map();

/** What the lines of a file say. */
export function pinsIn({ pins }: Pick<ImagePins, "pins">): Pins {
  return new Map([...pins.values()].map(({ key, reference }) => [key, reference]));
}
