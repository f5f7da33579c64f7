import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import process from "node:process";
import { newSyncRecords } from "../cluster/sync-record.ts";
import { UserError } from "../errors/user-error.ts";
import type { Io } from "./io.ts";
import type { StatusReading } from "./open-status.ts";

/**
 * Appends the syncs that a file does not have yet, one JSON object a line; lines that are there stay as they are.
 *
 * @throws UserError when the file holds something else, or its folder does not exist
 */
export function recordSyncs(file: string, { report, context }: StatusReading, io: Io): void {
  const path = resolve(io.workingFolder, file);
  if (!existsSync(dirname(path))) throw new UserError(`there is no folder for the record '${file}'`, { hint: "make the folder first" });
  if (existsSync(path) && !statSync(path).isFile()) throw new UserError(`the record '${file}' is not a file`);
  const recorded = existsSync(path) ? readFileSync(path, "utf8") : "";
  const records = newSyncRecords(recorded, file, report.applications, context);
  if (records.length === 0) return;
  const before = recorded === "" || recorded.endsWith("\n") ? recorded : `${recorded}\n`;
  replaceFile(path, before + records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  io.stderr(`recorded ${records.length} ${records.length === 1 ? "sync" : "syncs"} in ${file}\n`);
}

/** A reader sees the file as it was or as it will be, also when this program is killed in between. */
function replaceFile(path: string, content: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}
