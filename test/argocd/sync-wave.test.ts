import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { syncWaveAnnotation } from "../../lib/argocd/sync-wave.ts";
import { caught } from "../support/caught.ts";

describe("syncWaveAnnotation", () => {
  test.each([
    [-2, "-2"],
    [0, "0"],
    [-0, "0"],
    [10, "10"],
  ])("wave %p is the text %p", (wave, text) => {
    expect(syncWaveAnnotation(wave)).toEqual({ "argocd.argoproj.io/sync-wave": text });
  });

  test("every whole number can be read back", () => {
    fc.assert(
      fc.property(fc.integer(), (wave) => {
        expect(Number(syncWaveAnnotation(wave)["argocd.argoproj.io/sync-wave"])).toBe(wave);
      }),
    );
  });

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY])("fails on %p", (wave) => {
    expect(caught(() => syncWaveAnnotation(wave))).toBe(`the sync wave is not a whole number, got '${wave}'`);
  });
});
