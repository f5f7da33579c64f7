/** A moment as whatever is kept spells it: to the second, RFC 3339 in UTC, `2026-11-20T14:00:00Z`. Such texts sort by time. */
export function instantOf(moment: Date): string {
  return wholeSecond(moment.toISOString());
}

/**
 * An instant without fractions of its second.
 *
 * @param instant - RFC 3339 in UTC
 */
export function wholeSecond(instant: string): string {
  return instant.replace(/\.\d+Z$/, "Z");
}
