import { expect, test } from "@jest/globals";
import { readDeployment } from "../../lib/experiment/live-deployment.ts";

const complete = { observedGeneration: 3, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };

test.each([
  ["a complete rollout", {}, complete, true],
  ["a spec that its controller has not seen", {}, { ...complete, observedGeneration: 2 }, false],
  ["old Pods that are left", {}, { ...complete, replicas: 3 }, false],
  ["Pods of an older template", {}, { ...complete, updatedReplicas: 1 }, false],
  ["Pods that are not available", {}, { ...complete, availableReplicas: 1 }, false],
  ["no status yet", {}, undefined, false],
  [
    "one Pod where nobody says how many",
    { replicas: undefined },
    { ...complete, replicas: 1, updatedReplicas: 1, availableReplicas: 1 },
    true,
  ],
  ["no Pods where none are wanted", { replicas: 0 }, { observedGeneration: 3 }, true],
])("%s", (_, spec, status, ready) => {
  const deployment = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "storefront", generation: 3 },
    spec: { replicas: 2, ...spec },
    ...(status && { status }),
  };
  expect(readDeployment(deployment).ready).toBe(ready);
});

test("labels, images and variables with a value of their own are read", () => {
  const containers = [
    {
      name: "storefront",
      image: "books/storefront:v1",
      env: [
        { name: "GREETING", value: "hello" },
        { name: "KEY", valueFrom: {} },
      ],
    },
    { name: "proxy" },
  ];
  const deployment = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "storefront", uid: "u1", labels: { team: "sales" } },
    spec: { replicas: 2, template: { spec: { containers } } },
  };
  expect(readDeployment(deployment)).toMatchObject({
    uid: "u1",
    labels: { team: "sales" },
    wanted: 2,
    available: 0,
    containers: [
      { name: "storefront", image: "books/storefront:v1", env: { GREETING: "hello" } },
      { name: "proxy", image: undefined, env: {} },
    ],
  });
});
