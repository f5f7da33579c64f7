import { describe, expect, test } from "@jest/globals";
import { RolloutStrategy } from "../../lib/workload/rollout-strategy.ts";
import { Worker } from "../../lib/workload/worker.ts";
import { caught } from "../support/caught.ts";
import { find, renderUnit } from "./rendered-unit.ts";

const strategyOf = (strategy: RolloutStrategy) =>
  (find(renderUnit(Worker, { strategy }), "Deployment catalogue").spec as { strategy: object }).strategy;

describe("RolloutStrategy", () => {
  test("is Kubernetes' own unless given", () => {
    expect(find(renderUnit(Worker, {}), "Deployment catalogue").spec).not.toHaveProperty("strategy");
  });

  test.each([
    [0, 1],
    [1, 0],
    ["0%", "100%"],
    ["25%", "200%"],
  ])("replaces Pod by Pod, %p away and %p on top", (maxUnavailable, maxSurge) => {
    expect(strategyOf(RolloutStrategy.rollingUpdate({ maxUnavailable, maxSurge }))).toEqual({
      rollingUpdate: { maxUnavailable, maxSurge },
    });
  });

  test("ends all old Pods first", () => {
    expect(strategyOf(RolloutStrategy.recreate())).toEqual({ type: "Recreate" });
  });

  test.each([
    [0, 0],
    ["0%", 0],
    [0, "0%"],
  ])("fails for %p away and %p on top: no Pod could be replaced", (maxUnavailable, maxSurge) => {
    expect(caught(() => RolloutStrategy.rollingUpdate({ maxUnavailable, maxSurge }))).toBe(
      "a rolling update with maxUnavailable 0 and maxSurge 0 can replace no Pod\nhint: allow one of the two",
    );
  });

  test.each([-1, 0.5, "1", "", "25 %", "1.5%"])("fails for '%s'", (amount) => {
    expect(caught(() => RolloutStrategy.rollingUpdate({ maxUnavailable: amount, maxSurge: 1 }))).toBe(
      `the maxUnavailable of a rolling update is a whole number or a percentage, got '${amount}'`,
    );
    expect(caught(() => RolloutStrategy.rollingUpdate({ maxUnavailable: 1, maxSurge: amount }))).toBe(
      `the maxSurge of a rolling update is a whole number or a percentage, got '${amount}'`,
    );
  });
});
