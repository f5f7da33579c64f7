import { isUtf8 } from "node:buffer";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative, resolve, sep } from "node:path";
import { UserError } from "../errors/user-error.ts";
import type { Io } from "./io.ts";

/** What a file of manifests is called. */
const manifestFile = /\.(ya?ml|json)$/i;

const whatToGive = "give a folder of manifests, a file, or -";

/** What tools keep for themselves: never manifests of the folder. */
const toolFolders: ReadonlySet<string> = new Set(["node_modules"]);

/** A text with manifests. */
export interface ManifestText {
  /** Relative to the project's folder, `/`-separated; `stdin` for standard input. */
  readonly file: string;
  /** The same relative to what was asked for. */
  readonly name: string;
  /** `undefined` where the bytes are no text in UTF-8. */
  readonly text: string | undefined;
}

/** What stands for standard input on the command line. */
export const standardInput = "-";

/** Everything that was asked for. */
export interface ManifestTexts {
  /** What the folder, or the file, is called. */
  readonly name: string;
  /** Sorted by path. */
  readonly files: readonly ManifestText[];
}

/**
 * Reads a folder with everything below, one file, or standard input (`-`). Left out are names that begin with a dot, and `node_modules`.
 *
 * @param target - as it was given on the command line
 * @throws UserError when nothing is asked for, there is no such folder or file, or no file of manifests in it
 */
export async function readManifestTexts(target: string, io: Pick<Io, "root" | "workingFolder" | "readInput">): Promise<ManifestTexts> {
  if (target === "")
    throw new UserError("'' names no folder of manifests", { hint: `${whatToGive}; nothing at all checks the definitions` });
  if (target === standardInput)
    return { name: "stdin", files: [{ file: "stdin", name: standardInput, text: textOf(await io.readInput()) }] };
  const start = resolve(io.workingFolder, target);
  const stats = statSync(start, { throwIfNoEntry: false });
  if (stats === undefined) throw new UserError(`there is no folder or file '${target}'`, { hint: whatToGive });
  const paths = stats.isDirectory() ? pathsBelow(start) : [start];
  if (paths.length === 0)
    throw new UserError(`there are no manifests in '${target}'`, {
      hint: "what ends in .yaml, .yml or .json is read, in folders below too",
    });
  const slashed = (path: string): string => path.split(sep).join("/");
  const files = paths.map((path) => ({
    file: slashed(relative(io.root, path)),
    name: slashed(relative(start, path)) || basename(path),
    text: textOf(readFileSync(path)),
  }));
  return { name: basename(start), files: files.sort((a, b) => (a.file < b.file ? -1 : 1)) };
}

/** UTF-16 without a mark at its beginning is UTF-8 too, but for its zeros, which no YAML has. */
function textOf(bytes: Buffer): string | undefined {
  return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString("utf8") : undefined;
}

/** The files of manifests in a folder and below; links to folders are not followed. */
function pathsBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".") || toolFolders.has(entry.name)) return [];
    if (entry.isDirectory()) return pathsBelow(path);
    if (!manifestFile.test(entry.name)) return [];
    if (statSync(path, { throwIfNoEntry: false }) === undefined)
      throw new UserError(`'${path.slice(folder.length + 1)}' is a link to nothing`, {
        hint: `mend or remove it in '${basename(folder)}'`,
      });
    return statSync(path).isFile() ? [path] : [];
  });
}
