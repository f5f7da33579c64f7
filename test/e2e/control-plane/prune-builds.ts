import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { isRunning } from "./process-identity.ts";
import { listRuns, readRunRecord } from "./run-record.ts";

/** After how long without use a build is removed, in milliseconds: 30 days. */
const unusedLimit = 30 * 24 * 60 * 60 * 1000;

/**
 * Removes cached builds that nobody has used for 30 days; one that a process was started from stays as long as the process.
 *
 * @param folder - the folder of all builds
 * @param wanted - builds that are used now
 */
export function pruneBuilds(folder: string, wanted: readonly string[]): void {
  const used = new Set([...wanted, ...buildsInUse()]);
  for (const name of readdirSync(folder).filter((entry) => /^[a-z]+-[0-9a-f]{16}$/.test(entry))) {
    const build = join(folder, name);
    const age = Date.now() - (statSync(build, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > unusedLimit && !used.has(build)) rmSync(build, { recursive: true, force: true });
  }
}

function buildsInUse(): readonly string[] {
  return listRuns()
    .map(readRunRecord)
    .filter((record) => record?.processes.some(isRunning) === true)
    .flatMap((record) => record?.builds ?? []);
}
