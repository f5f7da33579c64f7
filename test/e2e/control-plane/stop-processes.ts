import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning } from "./process-identity.ts";
import type { RecordedProcess } from "./run-record.ts";

/** How long a process may take to end by itself, in milliseconds. */
const patience = 3000;

/**
 * Ends processes, the last one first, each with the group that it leads; a number that belongs to another process by now is left alone.
 * Who has not gone after three seconds is killed: the API server takes its leave for ten, and nothing here is worth it.
 */
export async function stopProcesses(processes: readonly RecordedProcess[]): Promise<void> {
  const lastFirst = processes.toReversed();
  for (const recorded of lastFirst) signal(recorded, "SIGTERM");
  const deadline = performance.now() + patience;
  while (processes.some(isRunning)) {
    if (performance.now() > deadline) for (const recorded of lastFirst) signal(recorded, "SIGKILL");
    await sleep(20);
  }
}

function signal(recorded: RecordedProcess, name: NodeJS.Signals): void {
  if (!isRunning(recorded)) return;
  try {
    process.kill(-recorded.pid, name);
  } catch {
    // it ended in between
  }
}
