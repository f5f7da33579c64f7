import { describe, expect, test } from "@jest/globals";
import { AntiAffinity, type SchedulingProps, type TopologySpread } from "../../lib/workload/scheduling.ts";
import { Worker } from "../../lib/workload/worker.ts";
import { caught } from "../support/caught.ts";
import { podOf, renderUnit } from "./rendered-unit.ts";

const labelSelector = { matchLabels: { "app.kubernetes.io/name": "catalogue", "keelson.dev/track": "stable" } };
const render = (props: SchedulingProps) => podOf(renderUnit(Worker, props), "Deployment catalogue").spec;

describe("toKubernetesScheduling", () => {
  test("says nothing unless asked", () => {
    const spec = render({ tolerations: [], topologySpreadConstraints: [], nodeSelector: {}, nodeAffinity: {}, podAffinity: {} });
    for (const field of ["affinity", "nodeSelector", "tolerations", "topologySpreadConstraints", "priorityClassName"]) {
      expect(spec).not.toHaveProperty(field);
    }
  });

  test("every prop reaches the manifest", () => {
    const every: Required<SchedulingProps> = {
      podAntiAffinity: AntiAffinity.preferred(),
      nodeSelector: { pool: "books" },
      nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: { matchExpressions: [] } }] },
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "zone", labelSelector: { matchLabels: { app: "cache" } } }],
      },
      tolerations: [{ key: "spot", operator: "Exists", effect: "NoExecute", tolerationSeconds: 60 }],
      topologySpreadConstraints: [{ topologyKey: "zone" }],
      priorityClassName: "storefront",
    };
    expect(render(every)).toMatchObject({
      affinity: {
        nodeAffinity: every.nodeAffinity,
        podAffinity: every.podAffinity,
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, podAffinityTerm: { labelSelector, topologyKey: "kubernetes.io/hostname" } },
          ],
        },
      },
      nodeSelector: { pool: "books" },
      tolerations: every.tolerations,
      topologySpreadConstraints: [{ topologyKey: "zone", maxSkew: 1, whenUnsatisfiable: "ScheduleAnyway", labelSelector }],
      priorityClassName: "storefront",
    });
  });

  test.each(["podAffinity", "nodeAffinity", "podAntiAffinity"] as const)("an affinity may be %s alone", (kind) => {
    const empty = { preferredDuringSchedulingIgnoredDuringExecution: [] };
    const one: SchedulingProps = { podAffinity: empty, nodeAffinity: empty, podAntiAffinity: AntiAffinity.required() };
    expect(Object.keys((render({ [kind]: one[kind] }) as { affinity?: object }).affinity ?? {})).toEqual([kind]);
  });

  test("spreads as its author says", () => {
    const every: Required<TopologySpread> = { topologyKey: "zone", maxSkew: 3, whenUnsatisfiable: "DoNotSchedule" };
    expect(render({ topologySpreadConstraints: [every] })).toMatchObject({ topologySpreadConstraints: [{ ...every, labelSelector }] });
  });
});

describe("AntiAffinity", () => {
  test("prefers other nodes with all its weight unless told otherwise", () => {
    expect(render({ podAntiAffinity: AntiAffinity.preferred("zone", 5) })).toMatchObject({
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 5, podAffinityTerm: { topologyKey: "zone", labelSelector } }],
        },
      },
    });
    expect(AntiAffinity.preferred()).toMatchObject({ topologyKey: "kubernetes.io/hostname", weight: 100 });
  });

  test("requires other nodes", () => {
    expect(render({ podAntiAffinity: AntiAffinity.required() })).toMatchObject({
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "kubernetes.io/hostname", labelSelector }],
        },
      },
    });
  });

  test.each([0, 101, 1.5, Number.NaN])("fails for the weight %p", (weight) => {
    expect(caught(() => AntiAffinity.preferred("zone", weight))).toBe(
      `the weight of an anti-affinity is a whole number from 1 to 100, got ${weight}`,
    );
  });
});
