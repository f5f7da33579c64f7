import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { spread } from "../../../lib/validation/rules/spread.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { deployment, manifest, reported, unitOf } from "../../support/manifests.ts";

const own = { labelSelector: { matchLabels: { "app.kubernetes.io/name": "catalogue" } }, topologyKey: "kubernetes.io/hostname" };
const others = { ...own, labelSelector: { matchLabels: { "app.kubernetes.io/name": "checkout" } } };
const says = `Deployment bookshop-dev/catalogue runs 2 Pods in production, and nothing keeps them apart
hint: say podAntiAffinity: AntiAffinity.preferred("kubernetes.io/hostname"), or topologySpreadConstraints that select its own Pods`;

function workload(pod: Readonly<Record<string, unknown>> = {}, replicas = 2, environment = "production"): Manifest {
  const owner = unitOf("catalogue", { environment, cluster: "production-eu" });
  const { document } = deployment(pod);
  return manifest({ apiVersion: "apps/v1", kind: "Deployment", spec: { ...(document.spec as object), replicas } }, owner);
}

const preferred = (podAffinityTerm: object): Record<string, unknown> => ({
  affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm }] } },
});
const required = (term: object): Record<string, unknown> => ({
  affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } },
});
const constraint = (term: object): Record<string, unknown> => ({
  topologySpreadConstraints: [{ maxSkew: 1, whenUnsatisfiable: "ScheduleAnyway", ...term }],
});

describe("spread", () => {
  test.each([
    ["an anti-affinity that is preferred", preferred(own)],
    ["an anti-affinity that is required", required(own)],
    ["a spread constraint", constraint(own)],
  ])("lets Pods pass that are kept apart by %s", (_title, pod) => {
    expect(reported(spread, [workload(pod)], bookshopWorld())).toEqual([]);
  });

  test.each([
    ["nothing", {}],
    ["an anti-affinity to other Pods", preferred(others)],
    ["a required one to other Pods", required(others)],
    ["a spread of other Pods", constraint(others)],
    ["a spread that selects nothing", constraint({ topologyKey: "kubernetes.io/hostname" })],
    ["something that is no affinity", { affinity: "none", topologySpreadConstraints: "none" }],
  ])("warns where they are kept apart by %s", (_title, pod) => {
    expect(reported(spread, [workload(pod)], bookshopWorld())).toEqual([says]);
    expect(spread.severity).toBe("warning");
  });

  test("says nothing of one Pod, and outside of production", () => {
    expect(reported(spread, [workload({}, 1)], bookshopWorld())).toEqual([]);
    expect(reported(spread, [workload({}, 2, "staging")], bookshopWorld())).toEqual([]);
    expect(reported(spread, [workload()])).toEqual([]);
  });
});
