import { expect, test } from "@jest/globals";
import { describeState, isAtRest, observeDrift } from "../../lib/experiment/drift-state.ts";
import type { DriftTarget } from "../../lib/experiment/drift-target.ts";
import { FakeCluster } from "../support/fake-cluster.ts";

const application = {
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Application",
  metadata: { name: "bookshop-storefront-dev", namespace: "argocd" },
};
const deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "storefront", namespace: "bookshop-dev" },
  spec: { replicas: 1 },
};
const target: DriftTarget = {
  ...{ system: "bookshop", service: "storefront", environment: "dev", cluster: "eu" },
  ...{ application, deployment, autoscaler: undefined },
};
const ready = { replicas: 1, updatedReplicas: 1, availableReplicas: 1 };
const healthy = {
  sync: { status: "Synced" },
  health: { status: "Healthy" },
  operationState: { phase: "Succeeded", startedAt: "2026-04-01T09:00:00Z", finishedAt: "2026-04-01T09:00:01Z" },
};

function observed(status: object, { deploymentStatus = ready, more = {} }: { deploymentStatus?: object; more?: object } = {}) {
  const cluster = new FakeCluster({
    objects: [
      { ...application, status, ...more },
      { ...deployment, status: deploymentStatus },
    ],
  });
  return observeDrift({ control: cluster, workload: cluster }, target);
}

test.each([
  ["everything as Git says", healthy, {}, true],
  ["OutOfSync", { ...healthy, sync: { status: "OutOfSync" } }, {}, false],
  ["not Healthy", { ...healthy, health: { status: "Progressing" } }, {}, false],
  ["an operation that runs", { ...healthy, operationState: { phase: "Running", startedAt: "2026-04-01T09:00:00Z" } }, {}, false],
  ["an operation that was asked for", healthy, { more: { operation: { sync: {} } } }, false],
  ["a Deployment that is not ready", healthy, { deploymentStatus: { ...ready, availableReplicas: 0 } }, false],
])("%s", async (_, status, more, settled) => {
  const state = await observed(status, more);
  expect(state !== undefined && isAtRest(state)).toBe(settled);
});

test("self-heals are counted, and each makes another operation of it", async () => {
  const healed = (autoHealAttemptsCount: number) => ({
    ...healthy,
    operationState: { ...healthy.operationState, operation: { sync: { autoHealAttemptsCount } } },
  });
  const [none, first, second] = [await observed(healthy), await observed(healed(1)), await observed(healed(2))];
  expect([none?.attempts, first?.attempts, second?.attempts]).toEqual([0, 1, 2]);
  expect(new Set([none?.operationId, first?.operationId, second?.operationId]).size).toBe(3);
});

test("a state is told in words", async () => {
  expect(
    describeState(await observed({ ...healthy, sync: { status: "OutOfSync" } }, { deploymentStatus: { ...ready, availableReplicas: 0 } })),
  ).toBe(
    "the Application is OutOfSync and Healthy (operation Succeeded); the Deployment has 0 of 1 Pods available, and its rollout is not complete",
  );
  expect(describeState(undefined)).toBe("the Application is not there");
});
