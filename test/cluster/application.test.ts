import { expect, test } from "@jest/globals";
import { readApplication } from "../../lib/cluster/application.ts";
import { liveApplication } from "../support/live-application.ts";

test("an Application is read as Argo CD writes it", () => {
  const read = readApplication(
    liveApplication({
      name: "shop",
      metadata: { deletionTimestamp: "2026-04-01T09:00:00Z" },
      status: {
        sync: { status: "OutOfSync", revision: "b".repeat(40), comparedTo: {} },
        health: { status: "Degraded", lastTransitionTime: "2026-04-01T08:10:00Z" },
        reconciledAt: "2026-04-01T08:20:00Z",
        history: [
          {
            id: 7,
            revision: "a".repeat(40),
            deployedAt: "2026-04-01T08:00:00Z",
            deployStartedAt: "2026-04-01T07:59:00Z",
            initiatedBy: { username: "ada" },
          },
        ],
        operationState: {
          phase: "Failed",
          message: "one or more tasks failed",
          retryCount: 5,
          startedAt: "2026-04-01T08:05:00Z",
          finishedAt: "2026-04-01T08:06:00Z",
          operation: { initiatedBy: { automated: true }, sync: { dryRun: true } },
          syncResult: { revision: "b".repeat(40) },
        },
        resources: [
          { version: "v1", kind: "Service", namespace: "shop-dev", name: "frontend", status: "OutOfSync", requiresPruning: true },
          { group: "batch", kind: "Job", namespace: "shop-dev", name: "smoke", hook: true, health: { status: "Healthy" } },
        ],
        conditions: [{ type: "SyncError", message: "Failed last sync attempt" }],
      },
    }),
  );
  expect(read).toMatchObject({
    name: "shop",
    namespace: "argocd",
    uid: "uid-of-shop",
    project: "shop-dev",
    deletionTimestamp: "2026-04-01T09:00:00Z",
    source: { repoURL: "https://github.com/acme/gitops.git", path: "dist/dev/main/shop/frontend", targetRevision: "main" },
    automated: true,
    selfHeal: true,
    prune: true,
    destination: { server: "https://kubernetes.default.svc", name: undefined, namespace: "shop-dev" },
    syncStatus: "OutOfSync",
    revision: "b".repeat(40),
    reconciledAt: "2026-04-01T08:20:00Z",
    healthStatus: "Degraded",
    operation: {
      phase: "Failed",
      message: "one or more tasks failed",
      startedAt: "2026-04-01T08:05:00Z",
      finishedAt: "2026-04-01T08:06:00Z",
      revision: "b".repeat(40),
      retryCount: 5,
      dryRun: true,
      username: undefined,
      automated: true,
    },
    history: [
      {
        id: 7,
        revision: "a".repeat(40),
        deployedAt: "2026-04-01T08:00:00Z",
        deployStartedAt: "2026-04-01T07:59:00Z",
        username: "ada",
        automated: false,
      },
    ],
    resources: [
      {
        group: "",
        kind: "Service",
        namespace: "shop-dev",
        name: "frontend",
        status: "OutOfSync",
        health: undefined,
        hook: false,
        requiresPruning: true,
      },
      { group: "batch", kind: "Job", name: "smoke", status: undefined, health: "Healthy", hook: true, requiresPruning: false },
    ],
    conditions: [{ type: "SyncError", message: "Failed last sync attempt" }],
  });
});

test("an Application that Argo CD has not seen yet says nothing of its state", () => {
  const { spec, status, ...bare } = liveApplication();
  expect([spec, status]).not.toContain(undefined);
  expect(readApplication(bare)).toMatchObject({
    project: undefined,
    source: { repoURL: undefined, path: undefined, targetRevision: undefined },
    automated: false,
    selfHeal: false,
    syncStatus: undefined,
    revision: undefined,
    healthStatus: undefined,
    operation: undefined,
    history: [],
    resources: [],
    conditions: [],
  });
});

test.each([
  ["an empty block", {}, true],
  ["switched on", { enabled: true }, true],
  ["switched off", { enabled: false, selfHeal: true }, false],
  ["absent", undefined, false],
])("Argo CD syncs by itself where 'automated' is %s: %j, %s", (_what, automated, expected) => {
  const read = readApplication(liveApplication({ syncPolicy: { automated } }));
  expect([read.automated, read.selfHeal]).toEqual([expected, false]);
});

test("several sources are no source: Keelson writes one", () => {
  const object = liveApplication();
  const read = readApplication({ ...object, spec: { sources: [{ repoURL: "https://example.test/charts", path: "chart" }] } });
  expect(read.source.path).toBeUndefined();
});
