import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import process from "node:process";

/** A process beyond doubt: its number alone may be given to another one after its end. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it began, in the system's own words; only ever compared. */
  readonly startTime: string;
}

/** The identity of a process that runs now; `undefined` when there is none of this number, or it only waits to be reaped. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const startTime = process.platform === "linux" ? startTimeFromProc(pid) : startTimeFromPs(pid);
  return startTime === undefined ? undefined : { pid, startTime };
}

/** This very process. */
export function identifySelf(): ProcessIdentity {
  const self = identifyProcess(process.pid);
  if (self === undefined) throw new Error("this process does not find itself in the list of processes");
  return self;
}

/** Whether the process that was identified once still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.startTime === identity.startTime;
}

function startTimeFromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // the command stands in brackets and may itself hold blanks and brackets; after it: field 3, the state, to field 22, the start
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, start] = [fields[0], fields[19]];
    if (state === "Z" || state === "X" || start === undefined) return undefined;
    // ticks since the boot: the same number may come again after another boot
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${start}`;
  } catch {
    return undefined;
  }
}

function startTimeFromPs(pid: number): string | undefined {
  const { stdout } = spawnSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C" },
  });
  const [state, ...start] = stdout.trim().split(/\s+/);
  return state === undefined || state === "" || state.startsWith("Z") ? undefined : start.join(" ");
}
