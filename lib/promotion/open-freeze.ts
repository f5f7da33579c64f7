import { Cron, CronDate } from "croner";
import type { EnvironmentPolicy } from "../definition/environment-policy.ts";
import type { FreezePeriod } from "../definition/freeze-period.ts";
import { goDurationMilliseconds } from "../definition/go-duration.ts";
import { instantOf } from "../definition/instant.ts";
import { dateAfter } from "./instant-after.ts";

/** A period that begins anew before it has ended is one; a schedule that never leaves a gap is looked at no further than this many times. */
const mostRepetitions = 500;

/** A freeze period that is on. */
export interface OpenFreeze {
  readonly freeze: FreezePeriod;
  /** When it ends; RFC 3339 in UTC. */
  readonly until: string;
}

/**
 * The freeze period of a policy that is on at an instant, the one that ends last.
 *
 * @param now - RFC 3339 in UTC
 */
export function openFreeze({ promotion }: Pick<EnvironmentPolicy, "promotion">, now: string): OpenFreeze | undefined {
  const instant = new CronDate(now, "UTC").getDate();
  const open = (promotion?.freezes ?? []).flatMap((freeze) => {
    const end = endOf(freeze, instant);
    return end === undefined ? [] : [{ freeze, end }];
  });
  const last = open.sort((a, b) => b.end.getTime() - a.end.getTime())[0];
  return last && { freeze: last.freeze, until: instantOf(last.end) };
}

/** When a period ends that is on; `undefined` where it is not. */
function endOf({ when, timeZone }: FreezePeriod, now: Date): Date | undefined {
  if ("schedule" in when) return endOfRecurring(when, timeZone, now);
  const [from, until] = [when.from, when.until].map((moment) => new CronDate(moment, timeZone).getDate());
  return from !== undefined && until !== undefined && from <= now && now < until ? until : undefined;
}

function endOfRecurring(
  { schedule, duration }: { readonly schedule: string; readonly duration: string },
  timeZone: string,
  now: Date,
): Date | undefined {
  const cron = new Cron(schedule, { paused: true, mode: "5-part", timezone: timeZone, fixedTimeRule: "no-wildcard" });
  const length = goDurationMilliseconds("freeze period's duration", duration);
  const endFrom = (moment: Date): Date | undefined => {
    const [start] = cron.previousRuns(1, dateAfter(moment, 1));
    return start && dateAfter(start, length);
  };
  let end = endFrom(now);
  if (end === undefined || end <= now) return undefined;
  for (let count = 0; count < mostRepetitions; count += 1) {
    const next = endFrom(end);
    if (next === undefined || next <= end) break;
    end = next;
  }
  return end;
}
