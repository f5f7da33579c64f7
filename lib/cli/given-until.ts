import { isCalendarDay } from "../definition/calendar-day.ts";
import { instantOf } from "../definition/instant.ts";
import { UserError } from "../errors/user-error.ts";

const instantForm = /^(.{10})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/**
 * The last second of something, as people say it: a day (`2026-12-01`, to its end in UTC) or an instant (RFC 3339).
 *
 * @param option - for the error: `--until`
 * @returns RFC 3339 in UTC, to the second
 * @throws UserError when it is neither, or over already
 */
export function givenUntil(option: string, text: string, now: Date): string {
  const [, day = ""] = instantForm.exec(text) ?? [];
  const instant = isCalendarDay(text) ? `${text}T23:59:59Z` : isCalendarDay(day) ? instantOf(new Date(text)) : undefined;
  if (instant === undefined) {
    throw new UserError(`'${option} ${text}' is neither a day nor an instant`, {
      hint: "write a day, which is meant to its end in UTC: 2026-12-01, or an instant: 2026-12-01T18:00:00+01:00",
    });
  }
  if (Date.parse(instant) <= now.getTime())
    throw new UserError(`'${option} ${text}' is over already`, { hint: "give a day or an instant ahead" });
  return instant;
}

/** For people: the day alone, where something lasts to its end. */
export function shownUntil(until: string): string {
  return until.replace(/T23:59:59Z$/, "");
}
