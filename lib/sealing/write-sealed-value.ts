import { writeFlatEntry } from "../manifest/write-flat-entry.ts";

/** What a new file starts with. */
const header = "# written by `keelson seal`, one ciphertext a line; only the cluster's controller can open them\n";

/**
 * Puts a ciphertext on the line of its key, or on a line of its own behind the keys that come before it; no other byte changes.
 *
 * @param text - the file's content; `undefined` where there is none yet
 * @param file - its path as messages should name it
 * @throws UserError when the file is no map, or the key stands there twice
 */
export function writeSealedValue(text: string | undefined, file: string, key: string, ciphertext: string): string {
  return writeFlatEntry(text ?? header, key, ciphertext, { file, holds: "ciphertext", entry: "the ciphertext of" });
}
