import {
  closeSync,
  type Dirent,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { UserError } from "../errors/user-error.ts";
import { temporaryEnding, type ExistingEntry, type ExistingFiles } from "./plan-changes.ts";

/** A git checkout's own folder at the root: `dist/` may be a repository of its own, and its history is no file of ours. */
const gitFolder = ".git";

/** A folder that the line writes to; the only way from the line to a disk. Paths are relative and `/`-separated; no link is followed. */
export interface OutputFolder extends ExistingFiles {
  /** Everything below except folders that hold something, in no order; nothing where there is no folder yet. */
  list(): readonly ExistingEntry[];
  /**
   * Puts a file in place whole or not at all; makes the folders above it, replaces a file or link of that name.
   *
   * @param isNew - nothing stands there, so nothing can be lost: written straight into place, for half the time. What a killed run leaves
   *   half-written differs from what is wanted, and the next run writes it anew. @default false
   */
  write(path: string, content: string, isNew?: boolean): void;
  /** Removes a file, or a link but not what it points to; nothing happens where there is none. */
  remove(path: string): void;
  /** Removes a folder if it is empty, then those above it as far as that leaves them empty; the output folder itself stays. */
  removeEmptyFolder(path: string): void;
}

/**
 * Opens the folder; makes nothing yet. All calls are synchronous: promises take three to five times as long for thousands of small files.
 *
 * @param absolutePath - the folder, which need not exist
 * @param name - the folder as messages call it; @default its absolute path
 */
export function openOutputFolder(absolutePath: string, name = absolutePath): OutputFolder {
  const inFolder = (path: string): string => (path === "" ? absolutePath : `${absolutePath}/${path}`);
  const knownFolders = new Set<string>();

  const makeFolder = (path: string): void => {
    if (knownFolders.has(path)) return;
    if (path === "") mkdirSync(absolutePath, { recursive: true });
    else {
      makeFolder(folderOf(path));
      if (lstatSync(inFolder(path), { throwIfNoEntry: false })?.isDirectory() !== true) mkdirSync(inFolder(path));
    }
    knownFolders.add(path);
  };

  return {
    name,
    list() {
      const entries: ExistingEntry[] = [];
      for (const child of childrenOfRoot(absolutePath, name)) if (child.name !== gitFolder) listInto(entries, absolutePath, "", child);
      return entries;
    },
    // a link is not followed, and a pipe would never end
    read: (path) =>
      orNothing(["ENOENT", "ENOTDIR"], () => (lstatSync(inFolder(path)).isFile() ? readFileSync(inFolder(path), "utf8") : undefined)),
    write(path, content, isNew = false) {
      makeFolder(folderOf(path));
      if (isNew && writeNew(inFolder(path), content)) return;
      const temporary = inFolder(path + temporaryEnding);
      if (!writeNew(temporary, content)) {
        // what a killed run left there is in the way
        unlinkSync(temporary);
        writeFileSync(temporary, content, { flag: "wx" });
      }
      renameSync(temporary, inFolder(path));
    },
    remove(path) {
      orNothing(["ENOENT", "ENOTDIR"], () => {
        unlinkSync(inFolder(path));
      });
    },
    removeEmptyFolder(path) {
      knownFolders.clear();
      orNothing(["ENOENT", "ENOTDIR", "ENOTEMPTY", "EEXIST"], () => {
        for (let folder = path; folder !== ""; folder = folderOf(folder)) rmdirSync(inFolder(folder));
      });
    },
  };
}

/** Writes a file where nothing stands, and follows no link; `false` when something does. */
function writeNew(file: string, content: string): boolean {
  const descriptor = orNothing(["EEXIST"], () => openSync(file, "wx"));
  if (descriptor === undefined) return false;
  try {
    // `writeFileSync` makes a buffer of every text, and thousands of them stay in memory until somebody notices
    const written = writeSync(descriptor, content);
    if (written < Buffer.byteLength(content)) writeFileSync(descriptor, Buffer.from(content).subarray(written));
  } finally {
    closeSync(descriptor);
  }
  return true;
}

function childrenOfRoot(root: string, name: string): Dirent[] {
  try {
    return readdirSync(root, { withFileTypes: true });
  } catch (cause) {
    if (codeOf(cause) === "ENOENT") return [];
    if (codeOf(cause) === "ENOTDIR") throw new UserError(`'${name}' is not a folder`, { hint: "name another folder", cause });
    throw cause;
  }
}

/** By hand: `readdirSync` with `recursive` takes three times as long. */
function listInto(entries: ExistingEntry[], root: string, parent: string, child: Dirent): void {
  const path = parent + child.name;
  if (!child.isDirectory()) {
    entries.push({ path, kind: child.isFile() ? "file" : "other" });
    return;
  }
  const children = readdirSync(`${root}/${path}`, { withFileTypes: true });
  if (children.length === 0) entries.push({ path, kind: "folder" });
  for (const grandchild of children) listInto(entries, root, `${path}/`, grandchild);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** The result, or `undefined` where the file system answered with one of the codes. */
function orNothing<T>(codes: readonly string[], operation: () => T): T | undefined {
  try {
    return operation();
  } catch (error) {
    if (codes.includes(codeOf(error) ?? "")) return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
