import { nearestNames } from "../errors/nearest-names.ts";

/** The hint for a name that nothing makes: what to do, and the nearest names that are made in the same place. */
export function missingHint(advice: string, name: string, made: Iterable<string>): string {
  const nearest = nearestNames(name, made);
  return nearest === "" ? advice : `${advice}, or mend the name; the nearest there: ${nearest}`;
}
