import type { Definitions } from "../definition/definitions.ts";
import type { Issue } from "../manifest/issue.ts";
import { breakGlassDates } from "../validation/break-glass-dates.ts";
import { waiverDates } from "../validation/waiver-dates.ts";
import { waiverDays } from "./waiver-days.ts";

/** How long before its end a break-glass override is named, in days: it stands for days, not for months. */
const breakGlassWarningDays = 7;

/**
 * What definitions say for a while only, and what of it has ended or will soon.
 *
 * @param now - whose day it is, in UTC
 * @param date - another day, `2027-06-30`. @default the day of `now`
 * @throws UserError when `date` is no day
 */
export function datedIssues(definitions: Definitions, now: Date, date?: string): Issue[] {
  return [
    ...waiverDates(definitions, waiverDays(now, date)),
    ...breakGlassDates(definitions, waiverDays(now, date, breakGlassWarningDays)),
  ];
}
