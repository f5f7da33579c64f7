/** Up to so many observations in both samples together the p-value is exact. */
const exactUpTo = 50;

/** What {@link mannWhitney} found. */
export interface MannWhitney {
  /** U of the first sample: in how many pairs its value is the larger one; a tie counts half. */
  readonly u: number;
  /** Two-sided: how likely a difference at least this large is when both samples come from one distribution. */
  readonly p: number;
  /**
   * `exact`: by counting every way to share out the ranks, ties included. `normal`: by the approximation, corrected for ties and
   * continuity.
   */
  readonly method: "exact" | "normal";
}

/**
 * The Mann-Whitney U test, two-sided: whether the values of one sample tend to be larger than those of the other.
 *
 * @param first - at least one value
 * @param second - at least one value
 * @param method - @default `exact` up to 50 values in all, `normal` above
 * @throws Error when a sample is empty
 * @see https://en.wikipedia.org/wiki/Mann%E2%80%93Whitney_U_test
 */
export function mannWhitney(
  first: readonly number[],
  second: readonly number[],
  method: MannWhitney["method"] = first.length + second.length <= exactUpTo ? "exact" : "normal",
): MannWhitney {
  if (first.length === 0 || second.length === 0) throw new Error("a sample without values cannot be compared");
  const ranks = doubledRanks([...first, ...second]);
  const rankSum = sum(ranks.slice(0, first.length));
  const u = rankSum / 2 - (first.length * (first.length + 1)) / 2;
  return { u, p: method === "exact" ? exactP(ranks, first.length, rankSum) : normalP(u, first.length, second.length, ranks), method };
}

/** Twice the rank of each value, so that the mean rank of tied values is a whole number. */
function doubledRanks(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return values.map((value) => sorted.indexOf(value) + 1 + sorted.lastIndexOf(value) + 1);
}

/** Counts the subsets of each size by the sum of their ranks, rank by rank. */
function exactP(ranks: readonly number[], size: number, observed: number): number {
  const most = sum(ranks);
  const subsets = Array.from({ length: size + 1 }, () => new Float64Array(most + 1));
  subsets[0]?.fill(1, 0, 1);
  for (const rank of ranks) {
    // the largest first, so that no rank is taken twice
    for (let taken = size; taken >= 1; taken--) {
      const [smaller, larger] = [subsets[taken - 1], subsets[taken]];
      if (smaller === undefined || larger === undefined) continue;
      for (let total = most; total >= rank; total--) larger[total] = (larger[total] ?? 0) + (smaller[total - rank] ?? 0);
    }
  }
  const counts = subsets[size] ?? new Float64Array();
  const all = sum(counts);
  const [atMost, atLeast] = [sum(counts.slice(0, observed + 1)), sum(counts.slice(observed))];
  return Math.min(1, (2 * Math.min(atMost, atLeast)) / all);
}

function normalP(u: number, first: number, second: number, ranks: readonly number[]): number {
  const n = first + second;
  const tied = new Map<number, number>();
  for (const rank of ranks) tied.set(rank, (tied.get(rank) ?? 0) + 1);
  const ties = sum([...tied.values()].map((count) => count ** 3 - count));
  const deviation = Math.sqrt(((first * second) / 12) * (n + 1 - ties / (n * (n - 1))));
  if (deviation === 0) return 1;
  const z = Math.max(0, Math.abs(u - (first * second) / 2) - 0.5) / deviation;
  return Math.min(1, 2 * (1 - standardNormal(z)));
}

/** The cumulative standard normal distribution at `z >= 0`, by its Taylor series. */
function standardNormal(z: number): number {
  let total = z;
  for (let term = z, k = 3; term > 1e-17 * total; k += 2) {
    term *= (z * z) / k;
    total += term;
  }
  return Math.min(1, 0.5 + (total * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI));
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
