import type { Definitions } from "../../definition/definitions.ts";
import { nearestNames } from "../../errors/nearest-names.ts";
import { UserError } from "../../errors/user-error.ts";
import { type PinName, parsePinKey } from "../../image/pin-keys.ts";

/** Which pins are meant: those of a system, of a service, or some of a service's. */
export interface PinSelection {
  readonly text: string;
  readonly matches: (key: string) => boolean;
}

/**
 * Reads `<system>[/<service>][:<container>][@<track>]`; everything where nothing is said.
 *
 * @throws UserError when it is no name
 */
export function pinSelection(text: string | undefined): PinSelection {
  if (text === undefined) return { text: "", matches: () => true };
  const isSystem = /^[a-z][-a-z0-9]*$/.test(text);
  const wanted = isSystem ? undefined : parsePinKey(text);
  if (!isSystem && wanted === undefined) {
    throw new UserError(`'${text}' names no service`, {
      hint: "write <system> or <system>/<service>, then :<container> or @<track> where one is meant",
    });
  }
  const isAsked = (given: string | undefined, own: string | undefined): boolean => given === undefined || given === own;
  return {
    text,
    matches: (key) => {
      const name = parsePinKey(key);
      if (name === undefined) return false;
      if (wanted === undefined) return name.system === text;
      const isService = name.system === wanted.system && name.service === wanted.service;
      return isService && isAsked(wanted.container, name.container) && isAsked(wanted.track, name.track);
    },
  };
}

/**
 * Makes sure that somebody knows the name: services that have gone are still in the history.
 *
 * @param keys - of all pins that there ever were
 * @throws UserError with the nearest names
 */
export function requireKnown({ text, matches }: PinSelection, keys: ReadonlySet<string>, { systems }: Definitions): void {
  if (text === "" || [...keys].some(matches)) return;
  const defined = systems.flatMap(({ name, services }) => [name, ...services.map((service) => `${name}/${service.name}`)]);
  if (defined.includes(text)) return;
  const names = [...keys].flatMap((key) => [key, ...namesIn(parsePinKey(key))]);
  const known = [...new Set([...defined, ...names])].filter((name) => name.includes("/") === text.includes("/"));
  throw new UserError(`nothing called '${text}' was ever deployed`, {
    hint: known.length === 0 ? "there are no pins yet" : `the nearest are: ${nearestNames(text, known)}`,
  });
}

function namesIn(name: PinName | undefined): string[] {
  return name === undefined ? [] : [name.system, `${name.system}/${name.service}`];
}
