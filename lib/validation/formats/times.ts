import type { FieldCheck } from "./field-table.ts";
import { text } from "./names.ts";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** The five fields of a schedule: least, most, names from the least on. */
const fields: readonly (readonly [number, number, readonly string[]])[] = [
  [0, 59, []],
  [0, 23, []],
  [1, 31, []],
  [1, 12, months],
  [0, 6, days],
];

const descriptors = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every (\d+(\.\d+)?(h|m|s|ms|us|µs|ns))+)$/;

/** @see https://pkg.go.dev/time#ParseDuration */
export const goDuration = text(
  (value) => /^[+-]?(0|(\d+\.?\d*|\.\d+)(h|m|s|ms|us|µs|ns)((\d+\.?\d*|\.\d+)(h|m|s|ms|us|µs|ns))*)$/.test(value),
  "must be a duration such as '30s' or '1h30m'",
);

/** Digits mean seconds. @see https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automatic-retry-with-a-limit */
export const secondsOrDuration: FieldCheck = (value) => (typeof value === "string" && /^\d+$/.test(value) ? undefined : goDuration(value));

/** @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax */
export const cronSchedule = text(
  (value) => descriptors.test(value) || isCron(value),
  "must be five cron fields: minute, hour, day, month and weekday (0 to 6), or one of '@hourly', '@daily', '@weekly', '@monthly', '@yearly'",
);

/** Argo CD takes no `@daily` and the like. @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync_windows/ */
export const windowSchedule = text(isCron, "must be five cron fields: minute, hour, day, month and weekday (0 to 6)");

/** The shape of a name in the IANA database; which names there are is for the server's own copy to say. */
export const timeZone = text(
  (value) => value !== "Local" && /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/.test(value),
  "must be the name of a time zone, such as 'Europe/Amsterdam' or 'UTC'",
);

function isCron(schedule: string): boolean {
  const parts = schedule.trim().split(/\s+/);
  return (
    parts.length === fields.length &&
    fields.every(([least, most, names], index) => (parts[index] ?? "").split(",").every((part) => isRange(part, least, most, names)))
  );
}

/** `*`, `3`, `mon-fri`, each with a step behind `/`. */
function isRange(part: string, least: number, most: number, names: readonly string[]): boolean {
  const [range = "", stride, ...others] = part.split("/");
  if (others.length > 0 || (stride !== undefined && !/^0*[1-9]\d{0,8}$/.test(stride))) return false;
  if (range === "*" || range === "?") return true;
  const ends = range.split("-").map((end) => (/^\d+$/.test(end) ? Number(end) : least + names.indexOf(end.toLowerCase())));
  const [first = -1, last = first] = ends;
  const known = range.split("-").every((end) => /^\d+$/.test(end) || names.includes(end.toLowerCase()));
  return known && ends.length <= 2 && first >= least && last <= most && first <= last;
}
