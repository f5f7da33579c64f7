import type { ImageReference } from "../image/image-reference.ts";

/**
 * Whether two references name one image, whatever it is called: by their digests, or by their tags where neither has one. A tag alone never
 * names the image of a digest for sure.
 */
export function isSameImage(a: ImageReference, b: ImageReference): boolean {
  if (a.repository !== b.repository || a.digest !== b.digest) return false;
  return a.digest !== undefined || a.tag === b.tag;
}
