import { describe, expect, test } from "@jest/globals";
import { rollingSyncStrategy, type RollingSyncStep } from "../../lib/argocd/rolling-sync.ts";
import { caught } from "../support/caught.ts";

const dev: RollingSyncStep = { matchExpressions: [{ key: "keelson.dev/environment", operator: "In", values: ["dev"] }] };

describe("rollingSyncStrategy", () => {
  test("is a list of steps", () => {
    const steps: readonly RollingSyncStep[] = [dev, { ...dev, maxUpdate: "25%" }, { ...dev, maxUpdate: 0 }];
    expect(rollingSyncStrategy(steps)).toEqual({ type: "RollingSync", rollingSync: { steps } });
  });

  test("fails without a step", () => {
    expect(caught(() => rollingSyncStrategy([]))).toBe("the rolling sync has no step");
  });

  test("fails when a step matches nothing", () => {
    expect(caught(() => rollingSyncStrategy([dev, { matchExpressions: [] }]))).toBe("step 2 of the rolling sync matches nothing");
  });

  test.each([-1, 1.5, "101%", "2.5%"] as const)("fails on a maxUpdate of %p", (maxUpdate) => {
    expect(caught(() => rollingSyncStrategy([{ ...dev, maxUpdate }]))).toBe(
      `maxUpdate of step 1 of the rolling sync is neither a count nor a percentage, got '${maxUpdate}'`,
    );
  });
});
