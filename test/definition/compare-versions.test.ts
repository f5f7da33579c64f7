import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compareVersions } from "../../lib/definition/compare-versions.ts";
import { caught } from "../support/caught.ts";

const version = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)).map((parts) => parts.join("."));

describe("compareVersions", () => {
  test.each([
    ["3.5.3", "3.5.3", 0],
    ["3.5", "3.5.0", 0],
    ["v3.5.3", "3.5.3", 0],
    ["3.10.0", "3.9.9", 1],
    ["2.14.9", "3.0.0", -1],
    ["3.5.2", "3.5.3", -1],
  ])("orders %s and %s by number, part by part", (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign);
  });

  test("is an order: what is older one way round is newer the other, and sorting agrees with it", () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
        const [low = "", middle = "", high = ""] = [a, b, c].sort(compareVersions);
        expect(compareVersions(low, middle)).toBeLessThanOrEqual(0);
        expect(compareVersions(low, high)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test("fails on what is no version", () => {
    expect(caught(() => compareVersions("latest", "3.5.3"))).toBe(
      "'latest' is not a version\nhint: write all three numbers, for example '3.5.3'",
    );
  });
});
