import type { Definitions } from "../../definition/definitions.ts";
import { UserError } from "../../errors/user-error.ts";
import { ImageReference } from "../../image/image-reference.ts";
import { parsePinKey } from "../../image/pin-keys.ts";
import { type NamedService, namedEnvironment, namedService } from "../named-service.ts";

/** A pin, and what it is to become; its key is `text`. */
export interface WantedPin extends NamedService {
  readonly reference: ImageReference;
}

/**
 * Reads which pins are to become what.
 *
 * @param words - `<service> <reference>` again and again; or `<service>=<reference>`; or services, then as many references
 * @throws UserError when a word is neither, names nothing that runs in the environment, or when a service is to become two things
 */
export function wantedPins(definitions: Definitions, words: readonly string[], environment: string): WantedPin[] {
  namedEnvironment(definitions, environment);
  const wanted = new Map<string, WantedPin>();
  for (const [service, image] of pairsOf(words)) {
    const named = namedService(definitions, service, environment);
    const reference = ImageReference.parse(image);
    const first = wanted.get(service)?.reference;
    if (first !== undefined && first.toString() !== reference.toString()) {
      throw new UserError(`'${service}' cannot be both '${first.toString()}' and '${image}'`, { hint: "name each service once" });
    }
    wanted.set(service, { ...named, reference });
  }
  return [...wanted.values()];
}

function pairsOf(given: readonly string[]): (readonly [service: string, image: string])[] {
  const words = given.flatMap((word) =>
    word.includes("=") ? [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] : [word],
  );
  if (words.length % 2 > 0) {
    throw new UserError(`services and images do not pair up: one of ${words.map((word) => `'${word}'`).join(", ")} stands alone`, {
      hint: "write <service> <image>, and again for each further service",
    });
  }
  const half = words.length / 2;
  const [first, second] = [words.slice(0, half), words.slice(half)];
  if (first.every(isKey) && second.every(namesRegistry)) return first.map((service, index) => [service, second[index] ?? ""]);
  return Array.from({ length: half }, (_, index) => [words[2 * index] ?? "", words[2 * index + 1] ?? ""]);
}

function isKey(word: string): boolean {
  return parsePinKey(word) !== undefined && !namesRegistry(word);
}

/** A registry has a dot or a port in its name, which no system has. */
function namesRegistry(word: string): boolean {
  return /^(localhost|[^/]*[.:][^/]*)\//.test(word);
}
