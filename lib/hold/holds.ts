import { isMap, isScalar, LineCounter, type Pair, parseDocument, type YAMLMap } from "yaml";
import { isCalendarDay } from "../definition/calendar-day.ts";
import type { Issue } from "../manifest/issue.ts";
import { yamlMistake } from "../manifest/yaml-mistake.ts";
import type { Hold } from "./hold.ts";

/** The id under which everything wrong with holds is reported. */
export const holdsRule = "holds";

/** A line, for hints. */
const form = `<system>/<service>: { until: 2026-12-01T00:00:00Z, by: <who>, reason: "<why>" }`;

const required = ["until", "by", "reason"];

/** The holds of one environment, by target, with what is wrong in the file. */
export interface Holds {
  /** For messages: `environments/production/holds.yaml`. */
  readonly file: string;
  readonly holds: ReadonlyMap<string, Hold>;
  readonly issues: readonly Issue[];
}

/** Where the holds of an environment are kept, from the project's root. */
export function holdsFile(environment: string): string {
  return `environments/${environment}/holds.yaml`;
}

/** Whether a text is an instant as holds are written with: `2026-12-01T00:00:00Z`. */
function isHoldInstant(text: string): boolean {
  const [, day = ""] = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3])(?::[0-5]\d){2}Z$/.exec(text) ?? [];
  return isCalendarDay(day);
}

/**
 * Reads a `holds.yaml`: one hold a line, with comments. All mistakes are collected, each with its line; a line with one holds nothing.
 *
 * @param text - `undefined` where there is no file, and so no holds
 * @param file - its path as messages should name it
 */
export function readHolds(text: string | undefined, file: string): Holds {
  const holds = new Map<string, Hold>();
  if (text === undefined) return { file, holds, issues: [] };
  const lines = new LineCounter();
  const { contents, errors } = parseDocument(text, { schema: "failsafe", lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const issues: Issue[] = [];
  const report = (line: number, message: string, hint: string): void => {
    issues.push({ severity: "error", rule: holdsRule, message, hint, position: { file, line } });
  };
  for (const { pos, message } of errors)
    report(lines.linePos(pos[0]).line, `not YAML: ${yamlMistake(message)}`, `write one '${form}' per line`);
  if (errors.length > 0 || contents === null) return { file, holds, issues };
  if (!isMap(contents) || contents.flow === true) {
    report(1, "the file is not a map of holds", `write one '${form}' per line`);
    return { file, holds, issues };
  }
  for (const pair of contents.items) {
    const { line } = lines.linePos(pair.key.range[0]);
    const read = readHold(pair, line);
    if (Array.isArray(read)) {
      for (const { message, hint } of read) report(line, message, hint);
      continue;
    }
    const first = holds.get(read.target);
    if (first === undefined) holds.set(read.target, read);
    else report(line, `the hold of '${read.target}' stands twice, first on line ${first.line}`, "remove one");
  }
  return { file, holds, issues };
}

interface Mistake {
  readonly message: string;
  readonly hint: string;
}

function readHold({ key, value }: Pair, line: number): Hold | Mistake[] {
  if (!isScalar<string>(key) || !/^([a-z][-a-z0-9]*(\/[a-z][-a-z0-9]*)?|\*)$/.test(key.value)) {
    return [
      { message: `'${String(key)}' is not the target of a hold`, hint: `write '<system>/<service>', '<system>', or "*" for all of them` },
    ];
  }
  const target = key.value;
  const subject = `the hold of '${target}'`;
  if (!isMap(value) || value.flow !== true) {
    return [{ message: `${subject} is not one map on the target's line`, hint: `write it as '${form}'` }];
  }
  const { texts, mistakes } = readFields(value, subject);
  const { until = "", by = "", reason = "", ticket } = Object.fromEntries(texts);
  if (until !== "" && !isHoldInstant(until)) {
    mistakes.push({ message: `${subject} ends at '${until}', which is no instant in UTC`, hint: "write it as 2026-12-01T00:00:00Z" });
  }
  return mistakes.length > 0 ? mistakes : { target, until, by, reason, ticket, line };
}

/** The fields of a hold, and what is wrong with them. */
function readFields({ items }: YAMLMap, subject: string): { texts: Map<string, string>; mistakes: Mistake[] } {
  const texts = new Map<string, string>();
  const mistakes: Mistake[] = [];
  const seen = new Set<string>();
  for (const { key, value } of items) {
    const field = String(key);
    const text = isScalar<string>(value) && value.anchor === undefined ? value.value.trim() : undefined;
    if (![...required, "ticket"].includes(field)) {
      mistakes.push({ message: `${subject} has '${field}', which no hold has`, hint: `it may have ${required.join(", ")} and ticket` });
    } else if (seen.has(field)) {
      mistakes.push({ message: `${subject} has '${field}' twice`, hint: "remove one" });
    } else if (text === undefined || text === "") {
      mistakes.push({ message: `${subject} has no text for '${field}'`, hint: "write it in double quotes, without an anchor or alias" });
    } else texts.set(field, text);
    seen.add(field);
  }
  for (const field of required) {
    if (!seen.has(field)) mistakes.push({ message: `${subject} has no '${field}'`, hint: `write it as '${form}'` });
  }
  return { texts, mistakes };
}
