import picocolors from "picocolors";
import { shortId } from "../../git/short-id.ts";
import { imageVersion } from "../../image/image-version.ts";
import type { ImageReference } from "../../image/image-reference.ts";
import type { DocumentDifference } from "../../promotion/document-differences.ts";
import type { Io } from "../io.ts";
import { tableLines } from "../table.ts";
import { isRefused, movedPins, type PlannedPin, type Promotion, reviewedSystems } from "./promotion.ts";

/** So much of a value is shown. */
const longestValue = 60;

/** A promotion as people read it: what moves, what stands in the way, and what else differs between the two environments. */
export function printPromotion(promotion: Promotion, io: Io): void {
  const { from, to, systems } = promotion;
  const pins = systems.flatMap((part) => part.pins);
  const rows = pins.map((pin) => [
    pin.key,
    pin.target === undefined ? "-" : shown(pin.target),
    pin.unchanged ? "=" : shown(pin.reference),
    noteOf(pin),
  ]);
  const stays = systems.flatMap(({ onlyInTarget }) => onlyInTarget).map((key) => [key, "", "", `only in ${to.name}: stays`]);
  const sections = [
    [`${from.name} → ${to.name}`],
    tableLines([["PIN", "NOW", "NEW", "NOTE"], ...rows, ...stays]),
    ...(movedPins(systems).length === 0 ? [] : [tableLines(gateRows(promotion, io)), differencesOf(promotion)]),
  ];
  const text = sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  io.stdout(`${text.join("\n\n")}\n\n`);
}

/** What is to be done about gates that refuse; nothing where none does. */
export function printRefusal(promotion: Promotion, io: Io): void {
  const refused = promotion.gates.filter(({ passed }) => !passed);
  if (!isRefused(promotion)) return;
  const names = [...new Set(refused.map(({ name, of }) => `${name} of '${of}'`))];
  const times = refused.map(({ passesAt }) => passesAt);
  const last = times.includes(undefined) ? undefined : times.sort().at(-1);
  io.stderr(`refused: ${names.join(", ")}; nothing was changed\n`);
  io.stderr(`  hint: ${last === undefined ? "" : `all pass from ${last} on; `}--override <reason> passes them, and the commit says so\n`);
}

function shown(reference: ImageReference): string {
  return imageVersion(reference);
}

function noteOf({ unchanged, sourceCommit, movesWith, backwards, skipped, reference, source }: PlannedPin): string {
  if (unchanged) return "has it already";
  const isSaid = sourceCommit === undefined || [reference, source].some((image) => imageVersion(image) === shortId(sourceCommit));
  const commit = isSaid ? [] : [`source ${shortId(sourceCommit)}`];
  const renamed = reference.tag === source.tag ? [] : [`was ${imageVersion(source)}`];
  const skips =
    skipped === undefined ? ["what it skips is not known"] : skipped.length === 0 ? [] : [`skips ${skipped.map(skippedText).join(", ")}`];
  return [
    ...commit,
    ...renamed,
    ...(movesWith === undefined ? [] : [`moves with ${movesWith}`]),
    ...(backwards ? ["moves back"] : []),
    ...skips,
  ].join("; ");
}

function skippedText({ reference, sourceCommit }: NonNullable<PlannedPin["skipped"]>[number]): string {
  const [version, commit] = [imageVersion(reference), sourceCommit && shortId(sourceCommit)];
  return commit === undefined || commit === version ? version : `${version} (${commit})`;
}

function gateRows(promotion: Promotion, io: Io): string[][] {
  const colors = picocolors.createColors(io.color && io.terminal);
  const rows = promotion.gates.map(({ name, of, passed, reason, passesAt }) => {
    const state = passed ? "passed" : promotion.override === undefined ? "refused" : "overridden";
    const paint = { passed: colors.green, refused: colors.red, overridden: colors.yellow }[state];
    return [paint(state.padEnd(10)), name, of, `${reason}${passesAt === undefined ? "" : `; passes at ${passesAt}`}`];
  });
  const reviews = reviewedSystems(promotion).map(({ system, policy }) => {
    const approvals = policy.promotion?.approvals ?? 1;
    return [
      colors.cyan("asked".padEnd(10)),
      "approval",
      system.name,
      `a pull request with ${approvals} ${approvals === 1 ? "approval" : "approvals"}`,
    ];
  });
  return [...rows, ...reviews];
}

/** One line for each difference, whatever number of objects has it; last those that are nothing but the environments' own names. */
function differencesOf({ from, to, systems }: Promotion): string[] {
  const all = systems.flatMap(({ differences }) => differences);
  if (all.length === 0) return [];
  const others = all.filter(({ own }) => !own);
  return [
    `beside the images, ${from.name} and ${to.name} differ in ${countOf(others.length, "field")}${others.length === 0 ? "" : ":"}`,
    ...tableLines(others.map((entry) => ["", entry.object, entry.path === "" ? "" : entry.path, changeOf(entry)])),
    ...ownNames(all),
  ];
}

function ownNames(all: readonly DocumentDifference[]): string[] {
  const counts = new Map<string, number>();
  for (const entry of all.filter(({ own }) => own)) counts.set(changeOf(entry), (counts.get(changeOf(entry)) ?? 0) + 1);
  if (counts.size === 0) return [];
  return ["and by their own names:", ...tableLines([...counts].map(([change, count]) => ["", change, `in ${countOf(count, "field")}`]))];
}

function changeOf({ path, from, to }: DocumentDifference): string {
  if (path === "") return from === undefined ? "is new" : "is not there";
  return `${valueOf(from)} → ${valueOf(to)}`;
}

function valueOf(value: unknown): string {
  const text = value === undefined ? "none" : typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text;
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
