import { spawnSync } from "node:child_process";
import type { GitRepository } from "./git-repository.ts";
import { gitEnvironment } from "./run-git.ts";

/** So many in one go: what git prints is held in memory. */
const most = 2000;

/**
 * The contents of many files of many commits, in few questions: git is started once for thousands.
 *
 * @param names - ids of contents, or `<commit>:<path>` with the path from the repository's root
 * @returns by name; without those that name no file
 */
export function readBlobs({ folder }: Pick<GitRepository, "folder">, names: Iterable<string>): Map<string, string> {
  return ask(folder, "--batch", names, (printed, from, size) => printed.toString("utf8", from, from + size));
}

/**
 * The ids of many contents: equal ids, equal contents.
 *
 * @param names - `<commit>:<path>` with the path from the repository's root
 * @returns by name; without those that name no file
 */
export function blobIds({ folder }: Pick<GitRepository, "folder">, names: Iterable<string>): Map<string, string> {
  return ask(folder, "--batch-check", names, (_printed, _from, _size, id) => id);
}

function ask(
  folder: string,
  mode: "--batch" | "--batch-check",
  names: Iterable<string>,
  take: (printed: Buffer, from: number, size: number, id: string) => string,
): Map<string, string> {
  const [all, found] = [[...new Set(names)], new Map<string, string>()];
  for (let start = 0; start < all.length; start += most) {
    const asked = all.slice(start, start + most);
    const printed = catFile(folder, mode, asked);
    let at = 0;
    for (const name of asked) {
      const end = printed.indexOf("\n", at);
      const [id = "", type, size] = printed.toString("utf8", at, end).split(" ");
      at = end + 1;
      // `<name> missing` has no size, and so no content behind it
      const length = size === undefined ? undefined : Number(size);
      if (length === undefined || Number.isNaN(length)) continue;
      if (type === "blob") found.set(name, take(printed, at, length, id));
      if (mode === "--batch") at += length + 1;
    }
  }
  return found;
}

/** Bytes, not text: git counts content in bytes. */
function catFile(folder: string, mode: string, names: readonly string[]): Buffer {
  const { status, stdout, stderr, error } = spawnSync("git", ["cat-file", mode, "--buffer"], {
    cwd: folder,
    env: gitEnvironment(),
    input: names.map((name) => `${name}\n`).join(""),
    maxBuffer: 1 << 30,
    stdio: ["pipe", "pipe", "pipe"],
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`git cat-file ${mode}: ${stderr.toString().trimEnd()}`);
  return stdout;
}
