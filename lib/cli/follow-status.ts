import type { Io } from "./io.ts";
import { summary } from "./print-status.ts";
import { oneLine } from "./table.ts";
import type { StatusReading } from "./open-status.ts";
import { statusAsJson } from "./status-as-json.ts";

const interval = 2_000;
const clearScreen = "\u001b[2J\u001b[H";

/** Looks once at a cluster. */
type Read = () => Promise<StatusReading>;

/**
 * Shows every reading until somebody interrupts: on a terminal in place, elsewhere only one that differs from the one before.
 *
 * @returns the last reading
 */
export async function watchStatus(read: Read, show: (reading: StatusReading) => void, io: Io): Promise<StatusReading> {
  const told = new Map<string, string>();
  for (let reading = await read(); ; reading = await readAgain(read, reading, told, io)) {
    const isNews = tell("status", JSON.stringify({ ...statusAsJson(reading), at: "" }), told);
    if (io.terminal) io.stdout(clearScreen);
    else if (isNews) io.stdout(`${reading.at.toISOString()}\n`);
    if (io.terminal || isNews) show(reading);
    try {
      await io.sleep(interval);
    } catch (error) {
      // that is how a watch ends
      if (io.interrupt.aborted) return reading;
      throw error;
    }
  }
}

/**
 * Reads until everything is as it should be, or the time is over; tells on the way what changed.
 *
 * @param timeout - in milliseconds
 * @returns the last reading
 */
export async function waitForStatus(read: Read, timeout: number, io: Io): Promise<StatusReading> {
  const deadline = io.now().getTime() + timeout;
  const told = new Map<string, string>();
  let reading = await read();
  if (!reading.report.ok) io.stderr(`waiting: ${summary(reading.report)}\n`);
  tellStates(reading, told);
  tellManual(reading, told, io);
  for (let left = timeout; !reading.report.ok && left > 0; left = deadline - io.now().getTime()) {
    await io.sleep(Math.min(interval, left));
    reading = await readAgain(read, reading, told, io);
    for (const change of tellStates(reading, told)) io.stderr(`${reading.at.toISOString()} ${change}\n`);
    tellManual(reading, told, io);
  }
  return reading;
}

/** A server that restarts does not end a wait of minutes: the reading before goes on to count. */
async function readAgain(read: Read, before: StatusReading, told: Map<string, string>, io: Io): Promise<StatusReading> {
  try {
    const reading = await read();
    told.delete("trouble");
    return reading;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (tell("trouble", message, told)) io.stderr(`${message}; trying again\n`);
    return before;
  }
}

/** What changed since the reading before. */
function tellStates({ report }: StatusReading, told: Map<string, string>): string[] {
  return [...report.applications, ...report.objects].flatMap((entry) => {
    const name = "kind" in entry ? `${entry.kind} ${entry.name}` : entry.name;
    const says = entry.note === "" ? entry.state : `${entry.state}: ${oneLine(entry.note)}`;
    return tell(`state of ${name}`, says, told) ? [`${name} is ${says}`] : [];
  });
}

function tellManual({ report }: StatusReading, told: Map<string, string>, io: Io): void {
  for (const { name, state, live } of report.applications) {
    if (state === "pending" && live?.automated === false && tell(`manual ${name}`, "", told))
      io.stderr(`${name} is not synced automatically; waiting for somebody to sync it\n`);
  }
}

/** Whether this was not told yet. */
function tell(about: string, what: string, told: Map<string, string>): boolean {
  if (told.get(about) === what) return false;
  told.set(about, what);
  return true;
}
