import { describe, expect, test } from "@jest/globals";
import { type AutoscalingProps, WorkloadAutoscaler } from "../../lib/workload/autoscaling.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";
import { expectEveryPropToCount } from "./rendered-unit.ts";

function render(props: AutoscalingProps) {
  const target = { context: bookshopContext(), name: "catalogue", targetKind: "StatefulSet" as const };
  return renderOne((scope) => new WorkloadAutoscaler(scope, "autoscaler", { ...target, ...props }));
}

const every: Required<AutoscalingProps> = {
  minReplicas: 2,
  maxReplicas: 10,
  cpu: 70,
  memory: 80,
  behavior: { scaleDown: { stabilizationWindowSeconds: 0 }, scaleUp: { policies: [{ type: "Pods", value: 1, periodSeconds: 15 }] } },
};

describe("WorkloadAutoscaler", () => {
  test("scales by one metric, at Kubernetes' own pace", () => {
    expect(render({ minReplicas: 2, maxReplicas: 4, cpu: 70 })).toEqual({
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "catalogue", namespace: "bookshop-dev", labels: bookshopContext().labels },
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "StatefulSet", name: "catalogue" },
        minReplicas: 2,
        maxReplicas: 4,
        metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } }],
      },
    });
  });

  test("every prop reaches the manifest", () => {
    expect(render(every).spec).toMatchObject({
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [
        { resource: { name: "cpu", target: { averageUtilization: 70 } } },
        { resource: { name: "memory", target: { averageUtilization: 80 } } },
      ],
      behavior: every.behavior,
    });
    expectEveryPropToCount<AutoscalingProps>(render, every);
  });

  test.each([
    [0, 3],
    [4, 3],
    [1.5, 3],
    [1, 2.5],
    [Number.NaN, 3],
  ])("fails for the bounds %p and %p", (minReplicas, maxReplicas) => {
    expect(caught(() => render({ minReplicas, maxReplicas, cpu: 70 }))).toBe(
      `the autoscaling of 'catalogue' needs 1 <= minReplicas <= maxReplicas, got ${minReplicas} and ${maxReplicas}`,
    );
  });

  test("fails without a metric", () => {
    expect(caught(() => render({ minReplicas: 1, maxReplicas: 2 }))).toBe(
      "the autoscaling of 'catalogue' has no metric\nhint: give cpu or memory in percent of the request",
    );
  });

  test.each(["cpu", "memory"] as const)("fails for a %s that is no percentage", (resource) => {
    for (const percent of [0, -1, 0.7, Number.NaN]) {
      expect(caught(() => render({ minReplicas: 1, maxReplicas: 2, [resource]: percent }))).toBe(
        `the autoscaling of 'catalogue' needs a whole percentage of ${resource} above 0, got ${percent}`,
      );
    }
  });
});
