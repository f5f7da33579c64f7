import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { disruptionBudget } from "../../../lib/validation/rules/disruption-budget.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { deployment, manifest, reported, unitOf } from "../../support/manifests.ts";

const matchLabels = { "app.kubernetes.io/name": "catalogue" };
const advice = "hint: say DisruptionBudget.maxUnavailable(1), and run two Pods or more where one must always be there";

function budget(spec: object, name = "catalogue"): Manifest {
  return manifest({
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name },
    spec: { selector: { matchLabels }, ...spec },
  });
}

function workload(replicas?: number, kind = "Deployment"): Manifest {
  const { document } = deployment();
  return manifest({ apiVersion: "apps/v1", kind, spec: { ...(document.spec as object), replicas } });
}

function autoscaler(minReplicas?: number): Manifest {
  const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "catalogue" };
  return manifest({ apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", spec: { scaleTargetRef, minReplicas } });
}

describe("disruption-budget", () => {
  test.each([
    ["one of one", 1, { maxUnavailable: 1 }],
    ["a share that is rounded up to one", 3, { maxUnavailable: "1%" }],
    ["one of three", 3, { minAvailable: 2 }],
    ["one of three, by a share", 3, { minAvailable: "66%" }],
    ["whatever is asked of no Pod", 0, { minAvailable: 1 }],
    ["the default, which is one of two", 2, {}],
  ])("lets a budget pass that lets a Pod go: %s", (_title, replicas, spec) => {
    expect(reported(disruptionBudget, [workload(replicas), budget(spec)])).toEqual([]);
  });

  test.each([
    ["none at all", 3, { maxUnavailable: 0 }, "maxUnavailable '0'"],
    ["a share of nothing", 3, { maxUnavailable: "0%" }, "maxUnavailable '0%'"],
    ["all of them", 3, { minAvailable: 3 }, "minAvailable '3'"],
    ["more than there are", 2, { minAvailable: 3 }, "minAvailable '3'"],
    ["every last one", 3, { minAvailable: "100%" }, "minAvailable '100%'"],
    ["a share that is rounded up to all", 3, { minAvailable: "67%" }, "minAvailable '67%'"],
  ])("reports a budget that blocks every drain: %s", (_title, replicas, spec, got) => {
    expect(reported(disruptionBudget, [workload(replicas), budget(spec)])).toEqual([
      `PodDisruptionBudget bookshop-dev/catalogue lets none of its ${replicas} Pods go, got ${got}\n${advice}`,
    ]);
  });

  test("counts the Pods that an autoscaler keeps at least, and those of every workload that the budget takes", () => {
    const says = `PodDisruptionBudget bookshop-dev/catalogue lets none of its 2 Pods go, got minAvailable '2'\n${advice}`;
    expect(reported(disruptionBudget, [workload(5), autoscaler(2), budget({ minAvailable: 2 })])).toEqual([says]);
    expect(reported(disruptionBudget, [workload(1), workload(1, "StatefulSet"), budget({ minAvailable: 2 })])).toEqual([says]);
    expect(reported(disruptionBudget, [workload(), autoscaler(), budget({ minAvailable: 1 })])).toEqual([
      `PodDisruptionBudget bookshop-dev/catalogue does not let its only Pod go, got minAvailable '1'\n${advice}`,
    ]);
  });

  test("judges by the budget alone where only the cluster knows the number of Pods", () => {
    const daemons = workload(undefined, "DaemonSet");
    const says = (got: string): string => `PodDisruptionBudget bookshop-dev/catalogue lets none of its Pods go, got ${got}\n${advice}`;
    expect(reported(disruptionBudget, [daemons, budget({ minAvailable: 3 })])).toEqual([]);
    expect(reported(disruptionBudget, [daemons, budget({ minAvailable: "100%" })])).toEqual([says("minAvailable '100%'")]);
    expect(reported(disruptionBudget, [daemons, budget({ maxUnavailable: 0 })])).toEqual([says("maxUnavailable '0'")]);
  });

  test("reports two budgets over the same Pods", () => {
    expect(reported(disruptionBudget, [workload(3), budget({ maxUnavailable: 1 }), budget({ maxUnavailable: 2 }, "books")])).toEqual([
      "PodDisruptionBudget bookshop-dev/books takes the Pods of Deployment bookshop-dev/catalogue, which PodDisruptionBudget 'catalogue' has already\nhint: keep one of the two: a Pod with two budgets is never evicted",
    ]);
    expect(
      reported(disruptionBudget, [workload(3), budget({ maxUnavailable: 1 }), budget({ maxUnavailable: 1, selector: undefined }, "books")]),
    ).toEqual([]);
  });

  describe("in production", () => {
    const owner = unitOf("catalogue", { environment: "production", cluster: "production-eu" });
    const inProduction = ({ document }: Manifest): Manifest => ({ owner, document, source: undefined });
    const namespace = manifest({ kind: "Namespace", metadata: { name: "bookshop-dev", namespace: undefined } }, owner);
    const says =
      "Deployment bookshop-dev/catalogue runs 2 Pods in production without a PodDisruptionBudget\nhint: say disruptionBudget: DisruptionBudget.maxUnavailable(1)";

    test("warns of two Pods or more without a budget", () => {
      const manifests = [namespace, inProduction(workload(2))];
      expect(reported(disruptionBudget, manifests, bookshopWorld())).toEqual([says]);
      expect(disruptionBudget.check(new RepositoryFacts(manifests, bookshopWorld()))).toMatchObject([{ severity: "warning" }]);
    });

    test("lets pass what has a budget, what runs one Pod, and what is not production", () => {
      const budgeted = [namespace, inProduction(workload(2)), inProduction(budget({ maxUnavailable: 1 }))];
      expect(reported(disruptionBudget, budgeted, bookshopWorld())).toEqual([]);
      expect(reported(disruptionBudget, [namespace, inProduction(workload(1))], bookshopWorld())).toEqual([]);
      expect(reported(disruptionBudget, [workload(2)], bookshopWorld())).toEqual([]);
    });

    test("says nothing of namespaces that nobody declares", () => {
      expect(reported(disruptionBudget, [inProduction(workload(2))], bookshopWorld())).toEqual([]);
    });
  });
});
