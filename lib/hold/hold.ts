import { wholeSecond } from "../definition/instant.ts";

/** What does not move for a while: a line of `environments/<environment>/holds.yaml`. */
export interface Hold {
  /** `<system>/<service>`, `<system>`, or `*` for the whole environment. */
  readonly target: string;
  /** The last second in which it holds; RFC 3339 in UTC: `2026-12-01T00:00:00Z`. */
  readonly until: string;
  /** Who set it. */
  readonly by: string;
  readonly reason: string;
  readonly ticket: string | undefined;
  /** 1-based. */
  readonly line: number;
}

/**
 * Whether the last second of something is over.
 *
 * @param until - RFC 3339 in UTC
 * @param now - RFC 3339 in UTC; fractions of a second do not count
 */
export function hasEnded({ until }: { readonly until: string }, now: string): boolean {
  return wholeSecond(until) < wholeSecond(now);
}

/** The hold, of those that have not ended, that keeps a service from moving: the narrowest. */
export function holdOn(holds: Iterable<Hold>, system: string, service: string, now: string): Hold | undefined {
  const inForce = [...holds].filter((hold) => !hasEnded(hold, now));
  return [`${system}/${service}`, system, "*"].flatMap((target) => inForce.filter((hold) => hold.target === target))[0];
}

/** Who holds it and why, in one line: `alice: rolled back (SHOP-77)`. */
export function heldBy({ by, reason, ticket }: Pick<Hold, "by" | "reason" | "ticket">): string {
  return `${by}: ${reason}${ticket === undefined ? "" : ` (${ticket})`}`;
}
