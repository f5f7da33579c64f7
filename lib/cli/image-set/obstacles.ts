import { heldBy, holdOn } from "../../hold/hold.ts";
import type { Holds } from "../../hold/holds.ts";
import { openFreeze } from "../../promotion/open-freeze.ts";
import type { PlannedPin } from "./planned-pin.ts";

/** What keeps pins from moving. */
export interface Obstacle {
  readonly kind: "hold" | "freeze";
  /** The pins that it keeps. */
  readonly keys: readonly string[];
  /** Follows on the pins: `held until …`. */
  readonly reason: string;
}

/**
 * What keeps pins where they are, of those that would move.
 *
 * @param now - RFC 3339 in UTC
 */
export function obstaclesOf(pins: readonly PlannedPin[], { holds }: Pick<Holds, "holds">, now: string): Obstacle[] {
  const found = pins
    .filter(({ outcome }) => outcome === "moves")
    .flatMap(({ wanted: { system, service, policy, text } }): Obstacle[] => {
      const hold = holdOn(holds.values(), system.name, service.name, now);
      const open = openFreeze(policy, now);
      return [
        ...(hold === undefined ? [] : [{ kind: "hold" as const, keys: [text], reason: `held until ${hold.until} by ${heldBy(hold)}` }]),
        ...(open === undefined
          ? []
          : [{ kind: "freeze" as const, keys: [text], reason: `frozen until ${open.until}: ${open.freeze.reason}` }]),
      ];
    });
  const reasons = [...new Set(found.map(({ reason }) => reason))];
  return reasons.flatMap((reason) => {
    const same = found.filter((obstacle) => obstacle.reason === reason);
    return same.slice(0, 1).map((first) => ({ ...first, keys: same.flatMap(({ keys }) => keys) }));
  });
}
