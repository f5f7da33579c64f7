/** How many thousandths each unit is. */
const thousandths: ReadonlyMap<string, number> = new Map([
  ["n", 1e-6],
  ["u", 1e-3],
  ["m", 1],
  ["", 1e3],
  ...["k", "M", "G", "T", "P", "E"].map((unit, index): [string, number] => [unit, 1e3 * 1000 ** (index + 1)]),
  ...["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"].map((unit, index): [string, number] => [unit, 1e3 * 1024 ** (index + 1)]),
]);

const pattern = /^(\+?(?:\d+\.?\d*|\.\d+))(?:([numkMGTPE]i?|Ki)|[eE]([+-]?\d+))?$/;

/**
 * A quantity in whole thousandths, so that sums are exact: `100m` is 100, `1Ki` is 1024000. `undefined` for what is no quantity, and for
 * what is below zero.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(quantity: unknown): number | undefined {
  if (typeof quantity !== "string" && typeof quantity !== "number") return undefined;
  const match = pattern.exec(String(quantity));
  if (match === null) return undefined;
  const [, digits = "", unit = "", exponent = "0"] = match;
  const size = thousandths.get(unit);
  return size === undefined ? undefined : Math.max(0, Math.ceil(Number(digits) * size * 10 ** Number(exponent) - 1e-9));
}
