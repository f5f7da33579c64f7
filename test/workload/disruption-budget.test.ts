import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DisruptionBudget, WorkloadDisruptionBudget } from "../../lib/workload/disruption-budget.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";

const podLabels = { "app.kubernetes.io/name": "catalogue" };

function render(budget: DisruptionBudget, replicas: number) {
  const props = { context: bookshopContext(), name: "catalogue", budget, replicas, podLabels };
  return renderOne((scope) => new WorkloadDisruptionBudget(scope, "budget", props));
}

describe("WorkloadDisruptionBudget", () => {
  test.each([
    ["maxUnavailable", DisruptionBudget.maxUnavailable(1), 1],
    ["maxUnavailable", DisruptionBudget.maxUnavailable("25%"), "25%"],
    ["minAvailable", DisruptionBudget.minAvailable(2), 2],
    ["minAvailable", DisruptionBudget.minAvailable("50%"), "50%"],
  ])("says %s as a number or a percentage", (field, budget, amount) => {
    expect(render(budget, 3)).toEqual({
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name: "catalogue", namespace: "bookshop-dev", labels: bookshopContext().labels },
      spec: { [field]: amount, selector: { matchLabels: podLabels } },
    });
  });

  test.each([
    ["maxUnavailable '0'", DisruptionBudget.maxUnavailable(0), 3],
    ["maxUnavailable '0%'", DisruptionBudget.maxUnavailable("0%"), 3],
    ["minAvailable '3'", DisruptionBudget.minAvailable(3), 3],
    ["minAvailable '4'", DisruptionBudget.minAvailable(4), 3],
    ["minAvailable '100%'", DisruptionBudget.minAvailable("100%"), 3],
    // 1.02 Pods must stay, and so two
    ["minAvailable '51%'", DisruptionBudget.minAvailable("51%"), 2],
  ])("fails for %s, which lets no node drain", (said, budget, replicas) => {
    expect(caught(() => render(budget, replicas))).toBe(
      `the disruption budget ${said} of 'catalogue' lets no node drain while there are ${replicas} replicas\n` +
        "hint: allow one disruption at least, or run more replicas",
    );
  });

  test("any budget is met by no Pods at all: a service that is put to rest", () => {
    expect(render(DisruptionBudget.minAvailable("50%"), 0).spec).toMatchObject({ minAvailable: "50%" });
  });

  test("any budget: it is refused, or a Pod may leave while the rest meets it", () => {
    const amount = fc.oneof(
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 0, max: 100 }).map((percent) => `${percent}%`),
    );
    fc.assert(
      fc.property(fc.boolean(), amount, fc.integer({ min: 1, max: 10 }), (atMost, given, replicas) => {
        const budget = atMost ? DisruptionBudget.maxUnavailable(given) : DisruptionBudget.minAvailable(given);
        const bound = typeof given === "number" ? given : (replicas * Number.parseInt(given, 10)) / 100;
        const oneMayLeave = atMost ? bound > 0 : replicas - 1 >= bound;
        if (oneMayLeave) expect(() => render(budget, replicas)).not.toThrow();
        else expect(caught(() => render(budget, replicas))).toContain("lets no node drain");
      }),
    );
  });
});

describe("DisruptionBudget", () => {
  test.each([-1, 1.5, "1", "%", "101%", "05%", "50 %", ""])("fails for '%s'", (amount) => {
    expect(caught(() => DisruptionBudget.maxUnavailable(amount))).toBe(
      `the maxUnavailable of a disruption budget is a whole number or a percentage, got '${amount}'`,
    );
    expect(caught(() => DisruptionBudget.minAvailable(amount))).toBe(
      `the minAvailable of a disruption budget is a whole number or a percentage, got '${amount}'`,
    );
  });
});
