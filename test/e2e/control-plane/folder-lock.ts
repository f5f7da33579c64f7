import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identifySelf, isRunning, type ProcessIdentity } from "./process-identity.ts";
import { writePrivateFile } from "./write-private-file.ts";

/** Taking over a lock takes far less than this, in milliseconds: who has not ended it by then was killed in it. */
const takeoverLimit = 10_000;

/**
 * Runs `work` while no other process runs its own in the same folder. A lock of a process that is gone is taken over.
 *
 * @param onWait - called once with the number of the process that holds the lock, when it is held
 */
export async function withFolderLock<T>(folder: string, work: () => Promise<T>, onWait: (pid: number) => void): Promise<T> {
  const lock = join(folder, "lock");
  let told = false;
  while (!acquire(lock)) {
    const holder = readHolder(lock);
    if (holder === undefined || !isRunning(holder)) takeOver(lock);
    else {
      if (!told) onWait(holder.pid);
      told = true;
    }
    await sleep(50);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function acquire(lock: string): boolean {
  const self = identifySelf();
  const own = `${lock}.${self.pid}`;
  writePrivateFile(own, JSON.stringify(self));
  try {
    // unlike a new file, a link appears with its text
    linkSync(own, lock);
    return true;
  } catch (error) {
    if (!exists(error)) throw error;
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Removes a lock whose holder is gone; under a lock of its own, so that two processes cannot remove each other's new one. */
function takeOver(lock: string): void {
  const takeover = `${lock}.takeover`;
  try {
    writeFileSync(takeover, "", { flag: "wx" });
  } catch (error) {
    if (!exists(error)) throw error;
    const since = statSync(takeover, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > takeoverLimit) rmSync(takeover, { force: true });
    return;
  }
  const holder = readHolder(lock);
  if (holder === undefined || !isRunning(holder)) rmSync(lock, { force: true });
  rmSync(takeover, { force: true });
}

function readHolder(lock: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(lock, "utf8")) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

function exists(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "EEXIST";
}
