import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { endToEndFolder } from "./cache-folder.ts";
import type { ProcessIdentity } from "./process-identity.ts";
import { writePrivateFile } from "./write-private-file.ts";

/** A process that a run started. */
export interface RecordedProcess extends ProcessIdentity {
  readonly name: string;
  /** For people; holds no secret. */
  readonly command: readonly string[];
}

/** What a run leaves behind for others, so that they can end it when its owner could not. */
export interface RunRecord {
  /** The process without which the run has no purpose. */
  readonly owner: ProcessIdentity;
  /** Whether the run outlives its owner: a cluster to play with. */
  readonly kept: boolean;
  /** Ports that are the run's own, whether it listens already or not. */
  readonly ports: readonly number[];
  /** Folders of cached builds that its processes were started from. */
  readonly builds: readonly string[];
  /** In the order of their start. */
  readonly processes: readonly RecordedProcess[];
}

/** The folder of all runs. */
export function runsFolder(): string {
  return join(endToEndFolder(), "runs");
}

/** Writes the record of a run. */
export function writeRunRecord(folder: string, record: RunRecord): void {
  writePrivateFile(join(folder, "run.json"), `${JSON.stringify(record, null, 2)}\n`);
}

/** The record of a run; `undefined` when the run came no further than its folder. */
export function readRunRecord(folder: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "run.json"), "utf8")) as RunRecord;
  } catch {
    return undefined;
  }
}

/** Folders of all runs there are. */
export function listRuns(): readonly string[] {
  try {
    return readdirSync(runsFolder()).map((name) => join(runsFolder(), name));
  } catch {
    return [];
  }
}
