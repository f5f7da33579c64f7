import { cpSync, existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { endToEndFolder } from "./cache-folder.ts";
import { isRunning, type ProcessIdentity } from "./process-identity.ts";
import { listRuns, readRunRecord } from "./run-record.ts";
import { stopProcesses } from "./stop-processes.ts";

/** How many folders of logs of failed runs are kept. */
const logsKept = 3;

/** Ends what is left of runs whose owner is gone, and removes their folders; a kept cluster is never one of them. */
export async function cleanUpStaleRuns(): Promise<void> {
  for (const folder of listRuns()) {
    const record = readRunRecord(folder);
    if (record === undefined ? isAbandoned(folder) : !record.kept && !isRunning(record.owner)) await endRun(folder);
  }
}

/** Ends every run of one owner, except what is kept, and removes their folders. */
export async function endRunsOf(owner: ProcessIdentity): Promise<void> {
  for (const folder of runsOf(owner)) await endRun(folder);
}

/**
 * Copies the logs of every run of one owner to where they outlive it.
 *
 * @returns the folder they lie in; `undefined` when there are none
 */
export function keepLogsOf(owner: ProcessIdentity): string | undefined {
  const kept = join(endToEndFolder(), "failed-logs");
  const target = nextFolder(join(kept, new Date().toISOString().replaceAll(":", "-")));
  const runs = runsOf(owner);
  for (const folder of runs) cpSync(join(folder, "log"), join(target, basename(folder)), { recursive: true });
  if (runs.length === 0) return undefined;
  for (const old of readdirSync(kept).sort().slice(0, -logsKept)) rmSync(join(kept, old), { recursive: true, force: true });
  return target;
}

/** Named by its time, so that names sort by time: of one millisecond the later ones are longer. */
function nextFolder(named: string): string {
  let folder = named;
  while (existsSync(folder)) folder += "+";
  return folder;
}

/** Ends the processes of a run by its record, and removes its folder. */
export async function endRun(folder: string): Promise<void> {
  await stopProcesses(readRunRecord(folder)?.processes ?? []);
  rmSync(folder, { recursive: true, force: true });
}

function runsOf(owner: ProcessIdentity): readonly string[] {
  return listRuns().filter((folder) => {
    const record = readRunRecord(folder);
    return record?.kept === false && record.owner.pid === owner.pid && record.owner.startTime === owner.startTime;
  });
}

/** Whether a folder without a record is not just about to get one. */
function isAbandoned(folder: string): boolean {
  return Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 60_000;
}
