import { UserError } from "../errors/user-error.ts";
import type { WaiverDays } from "../validation/waiver-dates.ts";

/** How long before its end a waiver is named, in days. */
const warningDays = 30;

const millisecondsPerDay = 86_400_000;

/**
 * The days that waivers are held to.
 *
 * @param now - whose day it is, in UTC
 * @param date - another day, `2027-06-30`. @default the day of `now`
 * @throws UserError when `date` is no day
 */
export function waiverDays(now: Date, date?: string): WaiverDays {
  const today = date ?? dayOf(now);
  const start = new Date(`${today}T00:00:00Z`);
  if (Number.isNaN(start.getTime()) || dayOf(start) !== today)
    throw new UserError(`'--date ${today}' is no day`, { hint: "write it as '2027-06-30'" });
  return { today, soon: dayOf(new Date(start.getTime() + warningDays * millisecondsPerDay)) };
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
