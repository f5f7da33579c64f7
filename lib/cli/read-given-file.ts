import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../errors/user-error.ts";
import type { Io } from "./io.ts";

/**
 * A file that somebody names on the command line, byte for byte.
 *
 * @param file - relative to the working folder, or absolute
 * @throws UserError when it cannot be read
 */
export function readGivenFile(file: string, { workingFolder }: Pick<Io, "workingFolder">): Buffer {
  try {
    return readFileSync(resolve(workingFolder, file));
  } catch (cause) {
    const code = String((cause as { readonly code?: unknown }).code);
    const why = { ENOENT: "there is no such file", EISDIR: "it is a folder", EACCES: "nobody may read it" }[code] ?? code;
    throw new UserError(`the file '${file}' cannot be read: ${why}`, { cause });
  }
}
