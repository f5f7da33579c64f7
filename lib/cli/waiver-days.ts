import { isCalendarDay } from "../definition/calendar-day.ts";
import { UserError } from "../errors/user-error.ts";
import type { WaiverDays } from "../validation/waiver-dates.ts";

const millisecondsPerDay = 86_400_000;

/**
 * The days that waivers, and whatever else stands for a while, are held to.
 *
 * @param now - whose day it is, in UTC
 * @param date - another day, `2027-06-30`. @default the day of `now`
 * @param warningDays - how long before its end something is named
 * @throws UserError when `date` is no day
 */
export function waiverDays(now: Date, date?: string, warningDays = 30): WaiverDays {
  const today = date ?? dayOf(now);
  if (!isCalendarDay(today)) throw new UserError(`'--date ${today}' is no day`, { hint: "write it as '2027-06-30'" });
  const start = new Date(`${today}T00:00:00Z`);
  return { today, soon: dayOf(new Date(start.getTime() + warningDays * millisecondsPerDay)) };
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
