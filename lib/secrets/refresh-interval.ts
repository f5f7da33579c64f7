import { UserError } from "../errors/user-error.ts";

/** What an ExternalSecret without an interval gets. */
export const defaultRefreshInterval = "1h0m0s";

/**
 * Checks an interval of hours, minutes and seconds. Only the form that Go prints is taken, since Kubernetes may give any other back in that
 * form, which Argo CD then sees as a difference.
 *
 * @param where - the thing that has the interval, in the author's words: `external secret 'card-terminal'`
 * @throws UserError when it is no duration, or not in the form that Go prints
 */
export function requireRefreshInterval(where: string, interval: string): string {
  const canonical = canonicalDuration(interval);
  if (canonical === interval) return interval;
  throw new UserError(`the refresh interval of ${where} is not a canonical Go duration: got '${interval}'`, {
    hint: canonical === undefined ? "write hours, minutes and seconds, for example '1h0m0s' or '30s'" : `write '${canonical}'`,
  });
}

function canonicalDuration(text: string): string | undefined {
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text);
  if (parts === null || text === "") return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part: string | undefined) => Number(part ?? 0));
  const total = hours * 3600 + minutes * 60 + seconds;
  const [h, m, s] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  if (h > 0) return `${h}h${m}m${s}s`;
  return m > 0 ? `${m}m${s}s` : `${s}s`;
}
