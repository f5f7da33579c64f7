import { expect, test } from "@jest/globals";
import type { ApplicationReport } from "../../lib/cluster/application-report.ts";
import { readApplication } from "../../lib/cluster/application.ts";
import { reportApplication } from "../../lib/cluster/application-report.ts";
import type { ExpectedObject } from "../../lib/cluster/expected-object.ts";
import { observationsOf } from "../../lib/evidence/observe.ts";
import { liveApplication, type LiveApplicationProps } from "../support/live-application.ts";
import { plainGit } from "../support/plain-git.ts";

const path = "dist/dev/main/shop/frontend";
const [before, revision] = ["a".repeat(40), "b".repeat(40)];
const git = plainGit({ [before]: { [`${path}/deployment.yaml`]: "1" }, [revision]: { [`${path}/deployment.yaml`]: "2" } });
const about = { name: "shop-frontend-dev", environment: "dev", system: "shop" };
const expected: ExpectedObject = { kind: "Application", generated: false, ...about, ...readApplication(liveApplication()) };

function observed(props: LiveApplicationProps | undefined, oldest?: string, labels: Partial<ExpectedObject> = {}): object[] {
  const found = props === undefined ? undefined : readApplication(liveApplication({ revision, ...props }));
  const application: ApplicationReport = reportApplication({ ...expected, ...labels }, found, { git, revision }, oldest);
  return observationsOf({ ok: true, applications: [application], objects: [], notInGit: [] }, "2026-11-02T12:00:00.500Z");
}

const seen = {
  at: "2026-11-02T12:00:00Z",
  application: "shop-frontend-dev",
  environment: "dev",
  system: "shop",
  path,
  revision,
  sync: "Synced",
  health: "Healthy",
};

test("what is synced and healthy is observed as that", () => {
  expect(observed({})).toEqual([seen]);
});

test.each<[string, Readonly<Record<string, unknown>>, object]>([
  ["waits for a sync", { sync: { status: "OutOfSync", revision } }, { sync: "OutOfSync" }],
  ["is at a commit before", { sync: { status: "Synced", revision: before } }, { revision: before }],
  ["is degraded", { health: { status: "Degraded" } }, { health: "Degraded" }],
  ["is starting", { health: { status: "Progressing" } }, { health: "Progressing" }],
  ["is being synced", { operationState: { phase: "Running", operation: {} } }, { unsettled: true }],
  [
    "is degraded while its sync goes on trying",
    { health: { status: "Degraded" }, operationState: { phase: "Running", retryCount: 2, operation: {} } },
    { health: "Degraded", unsettled: true },
  ],
  ["could not be synced", { operationState: { phase: "Failed", operation: {}, syncResult: { revision } } }, { unsettled: true }],
  ["has synced, and was not compared since", { reconciledAt: "2026-04-01T07:59:59Z" }, { unsettled: true }],
  ["shows its Pods' images", { summary: { images: ["ghcr.io/acme/frontend:1", 2] } }, { images: ["ghcr.io/acme/frontend:1"] }],
  ["was compared since", { reconciledAt: "2026-04-01T08:00:01Z" }, {}],
  ["failed with what Git has moved on from", { operationState: { phase: "Failed", operation: {}, syncResult: { revision: before } } }, {}],
])("an Application that %s", (_what, status, differs) => {
  expect(observed({ status })).toEqual([{ ...seen, ...differs }]);
});

test.each<[string, { readonly live?: LiveApplicationProps; readonly oldest?: string; readonly expected?: Partial<ExpectedObject> }]>([
  ["is missing", {}],
  ["is somebody else's", { live: { labels: { "app.kubernetes.io/managed-by": "helm" } } }],
  ["is being deleted", { live: { metadata: { deletionTimestamp: "2026-11-02T11:00:00Z" } } }],
  ["reads another folder", { live: { source: { path: "dist/dev/main/shop/orders" } } }],
  ["was compared too long ago", { live: { status: { reconciledAt: "2026-11-01T00:00:00Z" } }, oldest: "2026-11-02T11:00:00Z" }],
  ["was never compared", { live: { status: { sync: {} } } }],
  ["was compared with no commit", { live: { status: { sync: { status: "Synced", revision: "main" } } } }],
  ["is at a commit that this clone lacks", { live: { revision: "c".repeat(40) } }],
  ["is of no environment", { live: {}, expected: { environment: undefined } }],
  ["is of no system", { live: {}, expected: { system: undefined } }],
])("an Application that %s tells nothing", (_what, { live, oldest, expected: changed }) => {
  expect(observed(live, oldest, changed)).toEqual([]);
});
