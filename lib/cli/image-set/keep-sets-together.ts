import { movingWith } from "../../definition/moving-with.ts";
import { UserError } from "../../errors/user-error.ts";
import { type ImagePins, pinKey } from "../../image/image-pins.ts";
import { imageVersion } from "../../image/image-version.ts";
import type { PlannedPin } from "./planned-pin.ts";

/** Where one service of a set stays, the others that were to move with it stay too. */
export function staySets(pins: readonly PlannedPin[]): PlannedPin[] {
  return pins.map((pin) => {
    const staying = pins.find(
      ({ wanted, outcome }) => peerKeys(pin).includes(wanted.text) && (outcome === "superseded" || outcome === "held"),
    );
    if (pin.outcome !== "moves" || staying === undefined) return pin;
    const { wanted, from } = pin;
    return { wanted, from, outcome: staying.outcome, reason: `it moves together with '${staying.wanted.text}', which stays` };
  });
}

/**
 * Makes sure that services of a set move as a whole, each track by itself; a container beside the main one moves alone.
 *
 * @throws UserError when one moves to a version that another neither moves to nor has
 */
export function requireWholeSets(pins: readonly PlannedPin[], present: ImagePins): void {
  for (const pin of pins.filter(({ outcome }) => outcome === "moves")) {
    const left = peerKeys(pin).filter((key) => {
      const stays = present.pins.get(key)?.reference;
      return (
        stays !== undefined && imageVersion(stays) !== imageVersion(pin.wanted.reference) && !pins.some(({ wanted }) => wanted.text === key)
      );
    });
    if (left.length === 0) continue;
    const others = left.map((key) => `'${key}'`).join(" and ");
    throw new UserError(`'${pin.wanted.text}' moves together with ${others}`, {
      hint: `name ${left.length === 1 ? "it" : "them"} too, with the image that fits`,
    });
  }
}

/** The pins that belong to one version with a pin. */
function peerKeys({ wanted: { system, service, container, track } }: PlannedPin): string[] {
  if (container !== undefined) return [];
  return movingWith(system, service)
    .filter((peer) => peer !== service)
    .map((peer) => pinKey(system.name, peer.name, undefined, track));
}
