import { type Hold, hasEnded } from "../hold/hold.ts";

/**
 * A hold as programs read it.
 *
 * @param now - RFC 3339 in UTC
 */
export function holdAsJson(hold: Omit<Hold, "line">, now: string): object {
  const { target, until, by, reason, ticket } = hold;
  return { target, until, by, reason, ticket, ended: hasEnded(hold, now) };
}
