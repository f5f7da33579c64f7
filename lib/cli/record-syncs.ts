import { newSyncRecords } from "../cluster/sync-record.ts";
import { appendLines } from "./append-lines.ts";
import type { Io } from "./io.ts";
import type { StatusReading } from "./open-status.ts";

/**
 * Appends the syncs that a file does not have yet, one JSON object a line; lines that are there stay as they are.
 *
 * @throws UserError when the file holds something else, or its folder does not exist
 */
export function recordSyncs(file: string, { report, context }: StatusReading, io: Io): void {
  const linesFor = (recorded: string): string[] =>
    newSyncRecords(recorded, file, report.applications, context).map((record) => `${JSON.stringify(record)}\n`);
  const count = appendLines({ what: "record", file }, linesFor, io);
  if (count > 0) io.stderr(`recorded ${count} ${count === 1 ? "sync" : "syncs"} in ${file}\n`);
}
