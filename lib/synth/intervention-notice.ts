import type { Notice } from "../argocd/notice.ts";
import { type BreakGlass, switchableOff } from "../definition/break-glass.ts";
import { heldBy, type Hold } from "../hold/hold.ts";
import type { Interventions } from "./interventions.ts";

/** What people see of the interventions on an Application; `undefined` where there is none. */
export function interventionNotice({ holds, breakGlass }: Interventions): Notice | undefined {
  const texts = [...(breakGlass === undefined ? [] : [breakGlassText(breakGlass)]), ...holds.map(holdText)];
  if (texts.length === 0) return undefined;
  const tickets = [breakGlass?.ticket, ...holds.map(({ ticket }) => ticket)];
  return {
    content: texts.join("; ").replaceAll(/\s+/g, " "),
    severity: breakGlass === undefined ? "warning" : "critical",
    url: tickets.find((ticket) => ticket !== undefined && /^https?:\/\/[^\s/]+(\/\S*)?$/.test(ticket)),
  };
}

/** `automatic sync is off until 2026-12-01, by shop-team: the database is repaired by hand (SHOP-77)`. */
export function breakGlassText({ off, until, owner, reason, ticket }: BreakGlass): string {
  return `${switchableOff[off]} is off until ${until}, by ${owner.name}: ${reason} (${ticket})`;
}

/** `shop/order-service is held until 2026-12-01T00:00:00Z, by alice: rolled back (SHOP-77)`. */
export function holdText(hold: Hold): string {
  const what = hold.target === "*" ? "the environment" : hold.target;
  return `${what} is held until ${hold.until}, by ${heldBy(hold)}`;
}
