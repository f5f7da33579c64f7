/** How values lie: how many, and the middle and both ends. */
export interface Spread {
  readonly n: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The spread of values; `undefined` where there are none. */
export function spreadOf(values: readonly number[]): Spread | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined) return undefined;
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1] ?? min, sorted[Math.floor(sorted.length / 2)] ?? max];
  return { n: sorted.length, median: (low + high) / 2, min, max };
}
