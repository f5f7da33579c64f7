import { describe, expect, test } from "@jest/globals";
import { mannWhitney } from "../../lib/experiment/mann-whitney.ts";

describe("mannWhitney", () => {
  /** The p-value by its definition: every way to choose the first sample's places. */
  function byEnumeration(first: readonly number[], second: readonly number[]): number {
    const all = [...first, ...second];
    const u = (chosen: readonly number[], others: readonly number[]): number =>
      chosen.flatMap((a) => others.map((b): number => (a > b ? 1 : a === b ? 0.5 : 0))).reduce((sum, value) => sum + value, 0);
    const observed = u(first, second);
    let [ways, atMost, atLeast] = [0, 0, 0];
    for (let mask = 0; mask < 1 << all.length; mask++) {
      const [chosen, others] = [all.filter((_, bit) => (mask >> bit) & 1), all.filter((_, bit) => !((mask >> bit) & 1))];
      if (chosen.length !== first.length) continue;
      const value = u(chosen, others);
      ways++;
      if (value <= observed) atMost++;
      if (value >= observed) atLeast++;
    }
    return Math.min(1, (2 * Math.min(atMost, atLeast)) / ways);
  }

  test("gives the published values of small samples without ties", () => {
    // the example in scipy's manual
    expect(mannWhitney([19, 22, 16, 29, 24], [20, 11, 17, 12])).toEqual({ u: 17, p: expect.closeTo(1 / 9, 12), method: "exact" });
    // 1 of 20 ways to share out six ranks is as extreme, on each side
    expect(mannWhitney([1, 2, 3], [4, 5, 6])).toEqual({ u: 0, p: expect.closeTo(0.1, 12), method: "exact" });
    expect(mannWhitney([4, 5, 6], [1, 2, 3])).toMatchObject({ u: 9, p: expect.closeTo(0.1, 12) });
  });

  test("gives the published U of samples with ties", () => {
    // Minitab's manual: W = 33.5 with five values in the first sample
    expect(mannWhitney([22, 24, 25, 29, 30], [16, 21, 22, 23]).u).toBe(33.5 - 15);
  });

  test.each([
    [
      [1, 1, 2],
      [2, 3, 3, 3],
    ],
    [
      [22, 24, 25, 29, 30],
      [16, 21, 22, 23],
    ],
    [
      [5, 5],
      [5, 5, 5],
    ],
    [
      [1, 9, 3, 3],
      [3, 4, 9, 10, 12, 12],
    ],
    [[7], [1]],
  ])("is exact with ties too: %p against %p", (first, second) => {
    expect(mannWhitney(first, second).p).toBeCloseTo(byEnumeration(first, second), 12);
  });

  test("gives the published normal approximation", () => {
    const { p } = mannWhitney([19, 22, 16, 29, 24], [20, 11, 17, 12], "normal");
    expect(p).toBeCloseTo(0.11134688653314041, 9);
  });

  test("corrects the normal approximation for ties", () => {
    const [first, second] = [
      [1, 1, 2, 2, 2, 3],
      [2, 2, 3, 3, 3, 4, 4],
    ];
    // by hand: groups of 2, 5, 4 and 2 tied values; U = 6.5, mean 21, variance 42/12 * (14 - 192/156)
    const z = (21 - 6.5 - 0.5) / Math.sqrt(3.5 * (14 - 192 / 156));
    expect(z).toBeCloseTo(2.094, 3);
    const { u, p } = mannWhitney(first, second, "normal");
    expect(u).toBe(6.5);
    // the normal table: 1 - Φ(2.09) = 0.01831, 1 - Φ(2.10) = 0.01786
    expect(p / 2).toBeGreaterThan(0.01786);
    expect(p / 2).toBeLessThan(0.01831);
  });

  test("changes to the approximation where counting would take long, and the two agree there", () => {
    const first = Array.from({ length: 26 }, (_, index) => index * 2.1);
    const second = Array.from({ length: 26 }, (_, index) => index * 2 + 9.05);
    const large = mannWhitney(first, second);
    expect(large.method).toBe("normal");
    expect(mannWhitney(first, second, "exact").p).toBeCloseTo(large.p, 2);
  });

  test("says that samples that are all equal do not differ", () => {
    expect(mannWhitney([3, 3, 3], [3, 3], "normal").p).toBe(1);
    expect(mannWhitney([3, 3, 3], [3, 3]).p).toBe(1);
  });

  test("refuses an empty sample", () => {
    expect(() => mannWhitney([], [1])).toThrow("a sample without values cannot be compared");
  });
});
