import { UserError } from "../errors/user-error.ts";

/**
 * Checks a duration as Go reads it: `5s`, `1h30m`.
 *
 * @param what - the thing in the author's words, for the error: `sync window's duration`
 * @throws UserError when it is none
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function requireGoDuration(what: string, duration: string): string {
  if (!/^(\d+(\.\d+)?(h|m|s|ms))+$/.test(duration)) {
    throw new UserError(`the ${what} '${duration}' is not a Go duration`, { hint: "for example '5s' or '1h30m'" });
  }
  return duration;
}

const unitMilliseconds = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/**
 * How long a duration is, in milliseconds: `1h30m`, `250ms`.
 *
 * @param what - as for {@link requireGoDuration}
 * @throws UserError when it is none
 */
export function goDurationMilliseconds(what: string, duration: string): number {
  const parts = requireGoDuration(what, duration).matchAll(/([\d.]+)(h|ms|m|s)/g);
  return [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * unitMilliseconds[unit as keyof typeof unitMilliseconds], 0);
}
