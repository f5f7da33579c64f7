import { nearestNames } from "../../errors/nearest-names.ts";
import type { Labels, LabelSelector } from "../../manifest/label-selector.ts";

/**
 * The hint for a selector that takes nothing: the label that nobody has, and the nearest that somebody has.
 *
 * @param who - what the selector should take: `Pod`
 * @param candidates - the labels of each in the same place
 */
export function nearestLabels(who: string, { matchLabels = {} }: LabelSelector, candidates: readonly Labels[]): string {
  if (candidates.length === 0) return `there is no ${who} in that namespace`;
  const missing = Object.entries(matchLabels).find(([key, value]) => candidates.every((labels) => labels[key] !== value));
  if (missing === undefined) return `no ${who} there has all that the selector asks for`;
  const [key, value] = missing;
  const values = candidates.map((labels) => labels[key]).filter((known) => known !== undefined);
  const nearest = values.length === 0 ? "" : `; the nearest values there: ${nearestNames(value, values)}`;
  return `no ${who} there has the label ${key} with the value '${value}'${nearest}`;
}
