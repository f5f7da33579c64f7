import { Cron, CronDate } from "croner";
import { UserError } from "../errors/user-error.ts";
import { isCalendarDay } from "./calendar-day.ts";
import { requireGoDuration } from "./go-duration.ts";
import { Value } from "./value.ts";

const momentForm = /^.{10}(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?)?$/;

/** What every freeze says. */
interface FreezeProps {
  /** IANA name. @default "UTC" */
  readonly timeZone?: string;
  /** Why nothing moves then, for whoever is stopped. */
  readonly reason: string;
}

/** A freeze from one moment to another. */
export interface FreezeBetween extends FreezeProps {
  /** By the clocks of the time zone: a day (`2026-12-20`, from its midnight on) or a minute (`2026-12-18T18:00`). */
  readonly from: string;
  /** The same; no longer frozen then. */
  readonly until: string;
}

/** A freeze that comes again. */
export interface RecurringFreeze extends FreezeProps {
  /** Five cron fields, by the clocks of the time zone: when it begins. */
  readonly schedule: string;
  /** A Go duration: `336h`. */
  readonly duration: string;
}

/** A time in which nothing moves into an environment. */
export class FreezePeriod extends Value {
  readonly when: Pick<FreezeBetween, "from" | "until"> | Pick<RecurringFreeze, "schedule" | "duration">;
  readonly timeZone: string;
  readonly reason: string;

  private constructor(when: FreezePeriod["when"], { timeZone = "UTC", reason }: FreezeProps) {
    super();
    if (reason.trim() === "") throw new UserError("a freeze period has no reason", { hint: "say why nothing moves then" });
    this.when = when;
    this.timeZone = timeZone;
    this.reason = reason;
  }

  /**
   * One time, between two days or moments; a moment that the clocks skip is the one as much later, of one that they show twice the first is meant.
   *
   * @throws UserError when a moment or the time zone does not exist, or the end is not after the beginning
   */
  static between({ from, until, ...props }: FreezeBetween): FreezePeriod {
    const [start, end] = [from, until].map((moment) => requireMoment(moment, requireTimeZone(props.timeZone)));
    if (start === undefined || end === undefined || end <= start)
      throw new UserError(`a freeze period ends at '${until}', which is not after its beginning '${from}'`);
    return new FreezePeriod({ from, until }, props);
  }

  /**
   * Begins each time that a schedule says so, and lasts that long by the stopwatch.
   *
   * @throws UserError when the schedule is none, or the duration or time zone does not exist
   */
  static recurring({ schedule, duration, ...props }: RecurringFreeze): FreezePeriod {
    requireTimeZone(props.timeZone);
    requireSchedule(schedule);
    requireGoDuration("freeze period's duration", duration);
    return new FreezePeriod({ schedule, duration }, props);
  }
}

function requireTimeZone(timeZone = "UTC"): string {
  try {
    new CronDate("2026-01-01", timeZone).getTime();
    return timeZone;
  } catch (cause) {
    throw new UserError(`a freeze period's time zone '${timeZone}' does not exist`, {
      hint: "write a name such as 'Europe/Amsterdam' or 'UTC'",
      cause,
    });
  }
}

/** The moment in milliseconds since 1970. */
function requireMoment(moment: string, timeZone: string): number {
  if (isCalendarDay(moment.slice(0, 10)) && momentForm.test(moment)) return new CronDate(moment, timeZone).getTime();
  throw new UserError(`a freeze period is given '${moment}', which is no day or minute`, {
    hint: "write it as '2026-12-20' or '2026-12-20T18:00'",
  });
}

function requireSchedule(schedule: string): void {
  const hint = "write minute, hour, day, month and weekday, for example '0 0 20 12 *'";
  if (schedule.startsWith("@")) throw new UserError(`a freeze period's schedule '${schedule}' is not five cron fields`, { hint });
  try {
    const cron = new Cron(schedule, { paused: true, mode: "5-part", timezone: "UTC" });
    if (cron.nextRun("2026-01-01T00:00:00Z") !== null) return;
  } catch (cause) {
    throw new UserError(`a freeze period's schedule '${schedule}' is not five cron fields`, { hint, cause });
  }
  throw new UserError(`a freeze period's schedule '${schedule}' never comes`, { hint });
}
