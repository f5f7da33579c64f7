import picocolors from "picocolors";
import { shortId } from "../../git/short-id.ts";
import { whoOf } from "../../history/delivery-facts.ts";
import type { Candidate } from "../../rollback/candidate.ts";
import { isDegraded } from "../../rollback/pick-candidate.ts";
import type { PinPeriod } from "../../rollback/pin-period.ts";
import { shownUntil } from "../given-until.ts";
import type { Io } from "../io.ts";
import { oneLine, printable, tableLines } from "../table.ts";
import type { NextStep } from "./next-steps.ts";
import { nothingElse } from "./nothing-else.ts";
import type { GoingBack, RollbackPlan } from "./plan-rollback.ts";
import type { RollbackScope } from "./rollback-scope.ts";

const heading = ["STEPS", "VERSION", "SINCE", "UNTIL", "WHO", "COMMIT", "EVIDENCE", "WHY"];

/** What there is to go back to, as people read it: a table, newest first, with what is picked marked. */
export function printCandidates({ candidates, periods, present, version, going }: RollbackPlan, scope: RollbackScope, io: Io): void {
  const colors = picocolors.createColors(io.color && io.terminal);
  const picked = candidates.findIndex((candidate) => candidate === going?.target.candidate);
  const [first = "", ...rows] = tableLines([heading, ...candidates.map(cellsOf)]);
  const since = present === undefined ? ", not committed yet" : ` since ${present.since.committedAt} (${whoWhy(present)})`;
  const text = [
    `${subjectOf(scope)} runs ${version}${since}`,
    "",
    ...(rows.length === 0 ? [nothingElse(periods)] : [colors.dim(`  ${first}`)]),
    ...rows.map((line, index) => (index === picked ? colors.green(`> ${line}`) : `  ${line}`)),
  ];
  io.stdout(`${text.join("\n")}\n`);
}

/** What goes back, how that is known, and what comes with it; what it does not undo is talk. */
export function printGoing(going: GoingBack, scope: RollbackScope, io: Io): void {
  const { target, version, moves, goOn, kept, leftOut } = going;
  const text = [
    "",
    moves.length === 0 ? `its pins are as they were: ${target.evidence}` : `back to ${version}: ${target.evidence}`,
    ...moves.map(({ key, from, to }) => `  ${key}: ${from.toString()} → ${to.toString()}`),
    ...(scope.services.length > 1 && moves.length > 0
      ? [`  they move together: ${scope.services.map(({ name }) => name).join(", ")}`]
      : []),
    ...goOn.map((key) => `  ${key} still runs the version that goes away: it did then too`),
    ...kept.map((key) => `  ${key} stays as it is: it had no pin then`),
    ...leftOut.map((key) => `  ${key} is left out: nothing takes it any more`),
    ...besides(going),
  ];
  io.stdout(`${text.join("\n")}\n`);
  printWarnings(going, io);
}

function besides({ hold, passed, reverted }: GoingBack): string[] {
  const { commits = [], files = new Map<string, unknown>(), others = [] } = reverted ?? {};
  return [
    ...commits.map(({ id, subject }) => `  takes back ${shortId(id)} (${oneLine(printable(subject))})`),
    ...[...files.keys()].map((path) => `  changes ${path}`),
    ...others.map((path) => `  changes ${path}, which is not its own`),
    ...passed.map((stop) => `  passes ${printable(stop)}`),
    ...(hold === undefined
      ? []
      : [`  holds ${hold.targets.join(", ")} until ${shownUntil(hold.until)}; \`keelson hold release\` ends that`]),
  ];
}

function printWarnings({ warnings, reverted }: GoingBack, io: Io): void {
  const paint = picocolors.createColors(io.color).yellow;
  const isUndone = (kind: string): boolean => reverted !== undefined && ["config", "added", "removed"].includes(kind);
  const left = warnings.filter(({ kind }) => !isUndone(kind));
  for (const { message } of left) io.stderr(`${paint("warning")}: ${message}\n`);
  if (left.length > 0) io.stderr(`that is not undone by ${reverted === undefined ? "going back to older images" : "this rollback"}\n`);
}

/** What is left to do. */
export function printNextSteps(steps: readonly NextStep[], io: Io): void {
  if (steps.length === 0) return;
  const lines = steps.flatMap(({ message, command }) => [message, ...(command === undefined ? [] : [`  ${command}`])]);
  io.stdout(`\n${lines.join("\n")}\n`);
}

/** `shop/frontend in 'dev'`. */
export function subjectOf({ system, service, environment }: RollbackScope): string {
  return `${system.name}/${service.name} in '${environment.name}'`;
}

function cellsOf({ steps, version, period, avoided, evidence }: Candidate): string[] {
  const { since, until, origin } = period;
  const taken = avoided && { "rolled-back": "rolled back", "passed-over": "passed over by a rollback" }[avoided.kind];
  const seen = isDegraded(evidence)
    ? `Degraded ${evidence.degradedAt ?? ""}`
    : evidence.healthyAt !== undefined
      ? `healthy ${evidence.healthyAt}`
      : evidence.syncedAt !== undefined
        ? `synced ${evidence.syncedAt}`
        : "-";
  const against = taken === undefined ? [] : [`${taken} in ${avoided === undefined ? "" : shortId(avoided.by.id)}`];
  return [
    String(steps),
    version,
    since.committedAt,
    until?.committedAt ?? "",
    printable(whoOf(origin)),
    shortId(since.id),
    [...against, ...(seen === "-" && against.length > 0 ? [] : [seen])].join(", "),
    oneLine(printable(origin.subject)),
  ];
}

function whoWhy({ origin }: PinPeriod): string {
  return `${printable(whoOf(origin))}, ${shortId(origin.id)}: ${oneLine(printable(origin.subject))}`;
}
