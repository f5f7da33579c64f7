/**
 * How many of so many Pods a number or a percentage is; `undefined` where it is neither.
 *
 * @param share - `1`, or `25%`
 */
export function shareOf(share: unknown, total: number, rounded: "up" | "down"): number | undefined {
  if (typeof share === "number") return share;
  if (typeof share !== "string" || !share.endsWith("%")) return undefined;
  const exact = (Number(share.slice(0, -1)) * total) / 100;
  if (Number.isNaN(exact)) return undefined;
  return rounded === "up" ? Math.ceil(exact) : Math.floor(exact);
}
