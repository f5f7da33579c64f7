import type { ImageReference } from "./image-reference.ts";
import type { Pins } from "./pins.ts";

/**
 * Whether two references name one image, whatever it is called: by their digests, or by their tags where neither has one. A tag alone never
 * names the image of a digest for sure.
 */
export function isSameImage(one: ImageReference, other: ImageReference): boolean {
  return imageIdentity(one) === imageIdentity(other);
}

/** Whether some pins have the images of all others, key by key. */
export function haveSameImages(pins: Pins, others: Pins): boolean {
  return [...others].every(([key, image]) => {
    const own = pins.get(key);
    return own !== undefined && isSameImage(own, image);
  });
}

/** A text that is the same for references of the same image: where there is a digest, the tag is but a name. */
export function imageIdentity(reference: ImageReference): string {
  return reference.digest === undefined ? reference.toString() : `${reference.repository}@${reference.digest}`;
}
