import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import process from "node:process";
import { UserError } from "../errors/user-error.ts";
import type { Io } from "./io.ts";

/** A file that grows by lines. */
export interface LineFile {
  /** What it is called in messages: `record`. */
  readonly what: string;
  /** As given: relative to the working folder, or absolute. */
  readonly file: string;
}

/**
 * Appends to a file, in one step: a reader sees it as it was or as it will be, also when this program is killed in between. Lines that are
 * there stay as they are, and nothing is written where there is nothing to add.
 *
 * @param linesFor - what there is to add, each with its newline; given what is there, which is empty where there is no file
 * @returns how many lines were added
 * @throws UserError when it is no file, or its folder does not exist
 */
export function appendLines(
  { what, file }: LineFile,
  linesFor: (recorded: string) => readonly string[],
  { workingFolder }: Pick<Io, "workingFolder">,
): number {
  const path = resolve(workingFolder, file);
  if (!existsSync(dirname(path))) throw new UserError(`there is no folder for the ${what} '${file}'`, { hint: "make the folder first" });
  if (existsSync(path) && !statSync(path).isFile()) throw new UserError(`the ${what} '${file}' is not a file`);
  const recorded = existsSync(path) ? readFileSync(path, "utf8") : "";
  const lines = linesFor(recorded);
  if (lines.length === 0) return 0;
  const before = recorded === "" || recorded.endsWith("\n") ? recorded : `${recorded}\n`;
  replaceFile(path, before + lines.join(""));
  return lines.length;
}

function replaceFile(path: string, content: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}
