import picocolors from "picocolors";
import type { ApplicationReport, LastSync } from "../cluster/application-report.ts";
import { type DeliveryState, deliveryStates, isAsItShouldBe } from "../cluster/delivery-state.ts";
import type { ObjectReport, StatusReport } from "../cluster/status-report.ts";
import { shortId } from "../git/short-id.ts";
import { hasEnded } from "../hold/hold.ts";
import { breakGlassText, holdText } from "../synth/intervention-notice.ts";
import type { Io } from "./io.ts";
import type { StatusReading } from "./open-status.ts";
import { oneLine, printable, tableLines } from "./table.ts";

const heading = ["STATE", "NAME", "SYNC", "HEALTH", "REVISION", "LAST SYNC", "NOTE"];

/** So many Applications are named behind one another; more are counted. */
const mostNames = 3;

/** A reading as people read it: a table, worst first, what is not in Git, and a summary. */
export function printStatus({ report, context, revision, at, interventions }: StatusReading, io: Io): void {
  const colors = picocolors.createColors(io.color && io.terminal);
  const paint = { broken: colors.red, waiting: colors.yellow, moving: colors.cyan, settled: colors.green };
  const painted = (state: DeliveryState): string => paint[deliveryStates[state]](state);
  const rows = [
    ...report.applications.map((entry) => [painted(entry.state), ...applicationCells(entry, at)]),
    // dozens of projects that are as they should be would only hide the rest
    ...report.objects.filter(({ state }) => !isAsItShouldBe(state)).map((entry) => [painted(entry.state), ...objectCells(entry)]),
  ];
  const [first = "", ...lines] = tableLines([heading, ...rows]);
  const text = [
    colors.dim(first),
    ...lines,
    ...interventionLines(report.applications, interventions, at),
    ...(report.notInGit.length > 0 ? ["", "in the cluster, not in Git:"] : []),
    ...report.notInGit.map(({ kind, name, ours }) => `  ${kind} ${name}${ours ? " (Keelson's: it was in Git once)" : ""}`),
    "",
    `${summary(report)}; ${context} beside ${shortId(revision)}`,
  ];
  io.stdout(`${text.join("\n")}\n`);
}

/** `2 of 14 Applications are not as they should be: 1 drifted, 1 pending`. */
export function summary({ applications, objects }: StatusReport): string {
  const all = [...applications, ...objects].filter(({ state }) => !isAsItShouldBe(state)).map(({ state }) => state);
  const [count, total] = [applications.filter(({ state }) => !isAsItShouldBe(state)).length, applications.length];
  const counts = (Object.keys(deliveryStates) as DeliveryState[])
    .map((state) => ({ state, times: all.filter((entry) => entry === state).length }))
    .filter(({ times }) => times > 0)
    .map(({ state, times }) => `${times} ${state}`);
  if (all.length === 0) return `all ${total} Applications are as they should be`;
  const others = all.length - count;
  const what = `${count} of ${total} Applications${others > 0 ? ` and ${others} other ${others === 1 ? "object" : "objects"}` : ""}`;
  return `${what} are not as they should be: ${counts.join(", ")}`;
}

function applicationCells({ name, note, live, lastSync }: ApplicationReport, now: Date): string[] {
  const revision = live?.revision === undefined ? "-" : shortId(live.revision);
  return [name, live?.syncStatus ?? "-", live?.healthStatus ?? "-", revision, syncedBy(lastSync, now), oneLine(note)];
}

/** What people laid over Applications for a while, each once: a hold of a whole environment concerns all of it. */
function interventionLines(
  applications: readonly ApplicationReport[],
  interventions: StatusReading["interventions"],
  at: Date,
): readonly string[] {
  const now = at.toISOString();
  const concerned = new Map<string, string[]>();
  for (const { name } of applications) {
    const { holds = [], breakGlass } = interventions.get(name) ?? {};
    const entries = [
      ...(breakGlass === undefined ? [] : [{ text: breakGlassText(breakGlass), ended: breakGlass.until < now.slice(0, 10) }]),
      ...holds.map((hold) => ({ text: holdText(hold), ended: hasEnded(hold, now) })),
    ];
    for (const { text, ended } of entries) {
      const line = `${ended ? "ENDED: " : ""}${oneLine(printable(text))}`;
      concerned.set(line, [...(concerned.get(line) ?? []), name]);
    }
  }
  const lines = [...concerned].map(([line, names]) => {
    const more = names.length > mostNames ? `, ${names.length - mostNames} more` : "";
    return `  ${names.slice(0, mostNames).join(", ")}${more}: ${line}`;
  });
  return lines.length === 0 ? [] : ["", "held, or left to people:", ...lines];
}

function objectCells({ kind, name, note }: ObjectReport): string[] {
  return [`${kind} ${name}`, "-", "-", "-", "-", oneLine(note)];
}

function syncedBy(sync: LastSync | undefined, now: Date): string {
  if (sync === undefined) return "-";
  const [age, by] = [sync.at === undefined ? "" : ageOf(now.getTime() - Date.parse(sync.at)), sync.by ?? ""];
  return [sync.phase === "Succeeded" ? "" : (sync.phase ?? "").toLowerCase(), age, by].filter((part) => part !== "").join(" ");
}

/** `45s`, `3m`, `7h`, `12d`. */
function ageOf(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}
