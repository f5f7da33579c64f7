import { isCalendarDay } from "../../definition/calendar-day.ts";
import { instantOf } from "../../definition/instant.ts";
import { UserError } from "../../errors/user-error.ts";
import type { GitRepository } from "../../git/git-repository.ts";

const instantForm = /^(\d{4}-\d\d-\d\d)(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)?$/i;
const ageForm = /^(\d{1,4})([mhdw])$/;
const unitSeconds = { m: 60, h: 3600, d: 86_400, w: 604_800 };

/** A time, as somebody names it: by the clock, or by a commit. */
export type Moment =
  | {
      /** RFC 3339 in UTC, to the second. */
      readonly instant: string;
    }
  | {
      /** Its full id. */
      readonly commit: string;
    };

/**
 * Reads a moment: an instant (`2026-11-20T14:00:00+01:00`, `2026-11-20 14:00`, `2026-11-20`; in UTC unless it says another offset, a day is
 * its midnight), an age (`7d`: so long ago), or else a commit, tag or branch of the clone.
 *
 * @param what - for the error: `--since`
 * @throws UserError when it is none of them
 */
export function givenMoment(what: string, text: string, git: Pick<GitRepository, "commit">, now: Date): Moment {
  const [, count, unit] = ageForm.exec(text) ?? [];
  if (count !== undefined) {
    const seconds = Number(count) * unitSeconds[unit as keyof typeof unitSeconds];
    return { instant: instantOf(new Date(now.getTime() - seconds * 1000)) };
  }
  const [isInstant, day = "", minute = "00:00", second = "00", offset = "Z"] = instantForm.exec(text) ?? [];
  if (isInstant !== undefined) {
    if (!isCalendarDay(day)) throw new UserError(`${what} '${text}' is no day of the calendar`);
    return { instant: instantOf(new Date(`${day}T${minute}:${second}${offset.toUpperCase()}`)) };
  }
  const commit = git.commit(text);
  if (commit !== undefined) return { commit };
  throw new UserError(`${what} '${text}' is neither an instant nor a commit of this clone`, {
    hint: "write 2026-11-20, 2026-11-20 14:00, 2026-11-20T14:00:00+01:00, 7d for so long ago, or a commit or tag that was fetched",
  });
}
