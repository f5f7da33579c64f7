import { writeFlatEntry, type WrittenFlatFile } from "../manifest/write-flat-entry.ts";
import { readImagePins } from "./image-pins.ts";
import type { ImageReference } from "./image-reference.ts";

/**
 * Changes exactly the lines of some pins: the reference in its place, with the line's comment kept; a new pin on a line of its own, behind the keys that
 * come before it. No other byte changes, and none at all where every pin is as wanted already.
 *
 * @param text - the content of an `images.yaml`
 * @param file - its path as messages should name it
 * @param changes - by key, as `pinKey` writes it; `undefined` takes the line away
 * @throws UserError when the file is no map of one reference a line, or a key stands there twice
 */
export function editImagePins(text: string, file: string, changes: ReadonlyMap<string, ImageReference | undefined>): string {
  const written: WrittenFlatFile = { file, holds: "image reference", entry: "the pin of", titled: true };
  const { pins } = readImagePins(text, file);
  let edited = text;
  for (const [key, reference] of changes) {
    const wanted = reference?.toString();
    if (wanted === undefined || pins.get(key)?.reference.toString() !== wanted) edited = writeFlatEntry(edited, key, wanted, written);
  }
  return edited;
}
