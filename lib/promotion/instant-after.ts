import { CronDate } from "croner";
import { instantOf } from "../definition/instant.ts";

/** An instant in milliseconds since 1970. @param instant - RFC 3339 in UTC */
export function millisecondsOf(instant: string): number {
  return new CronDate(instant, "UTC").getTime();
}

/** So much later; RFC 3339 in UTC. */
export function instantAfter(instant: string, milliseconds: number): string {
  return instantOf(dateAfter(new CronDate(instant, "UTC").getDate(), milliseconds));
}

/** So much later. */
export function dateAfter(moment: Date, milliseconds: number): Date {
  const copy = new CronDate(moment, "UTC").getDate();
  copy.setTime(copy.getTime() + milliseconds);
  return copy;
}
