import { describe, expect, test } from "@jest/globals";
import { readApplication, readApplicationSpec } from "../../lib/cluster/application.ts";
import { type ApplicationReport, reportApplication } from "../../lib/cluster/application-report.ts";
import type { ExpectedObject } from "../../lib/cluster/expected-object.ts";
import type { LiveObject } from "../../lib/cluster/kubernetes-api.ts";
import { liveApplication, type LiveApplicationProps } from "../support/live-application.ts";
import { plainGit } from "../support/plain-git.ts";

const path = "dist/dev/main/shop/frontend";
const [first, same, head, later] = ["1".repeat(40), "2".repeat(40), "3".repeat(40), "4".repeat(40)];
const reverted = "5".repeat(40);
const stranger = "f".repeat(40);

const manifest = (kind: string, name: string, value: string): string =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: shop-dev\nspec:\n  value: ${value}\n`;

/** At `same` only another folder changed; at `head` the Deployment did. */
const git = plainGit({
  [first]: {
    [`${path}/deployment.yaml`]: manifest("Deployment", "frontend", "old"),
    [`${path}/service.yaml`]: "apiVersion: v1\nkind: Service\nmetadata:\n  name: frontend\n  namespace: shop-dev\n",
  },
  [same]: { "docs/readme.md": "words" },
  [head]: { [`${path}/deployment.yaml`]: manifest("Deployment", "frontend", "new") },
  [later]: { [`${path}/deployment.yaml`]: manifest("Deployment", "frontend", "newest") },
  [reverted]: { [`${path}/deployment.yaml`]: manifest("Deployment", "frontend", "old") },
});

const expected: ExpectedObject = {
  kind: "Application",
  name: "shop-frontend-dev",
  environment: "dev",
  system: "shop",
  generated: false,
  ...readApplicationSpec(liveApplication({ source: { path } })),
};

type Props = LiveApplicationProps & { readonly spec?: object };

/** An Application, compared at `head` unless it says otherwise. */
function application({ spec, ...props }: Props = {}): LiveObject {
  const object = liveApplication({ revision: head, ...props });
  return { ...object, spec: { ...(object.spec as object), ...spec } };
}

/** Whether it syncs by itself is as Git says. */
function report(props: Props = {}, wanted = head): ApplicationReport {
  const live = readApplication(application(props));
  const { automated, selfHeal, prune } = live;
  return reportApplication({ ...expected, automated, selfHeal, prune }, live, { git, revision: wanted });
}

const deployment = { group: "apps", kind: "Deployment", namespace: "shop-dev", name: "frontend", status: "OutOfSync" };
const service = { kind: "Service", namespace: "shop-dev", name: "frontend", status: "OutOfSync" };
const synced = (revision: string) => ({ history: [{ id: 3, revision, deployedAt: "2026-04-01T08:00:00Z" }] });
const dryRun = { sync: { dryRun: true } };
const manual = { syncPolicy: { automated: undefined } };

const cases: readonly (readonly [what: string, props: Props, state: string, note: string | RegExp, holds: boolean | undefined])[] = [
  ["synced and healthy at the wanted commit", {}, "ok", "", true],
  ["somebody else's labels", { labels: { "app.kubernetes.io/managed-by": "Helm" } }, "foreign", /managed-by is not 'keelson'/, false],
  ["another repository", { source: { repoURL: "https://example.test/x.git" } }, "foreign", "it reads https://example.test/x.git", false],
  ["being deleted", { metadata: { deletionTimestamp: "2026-04-01T08:30:00Z" } }, "deleting", "since 2026-04-01T08:30:00Z", true],
  ["another branch", { source: { targetRevision: "try" } }, "diverted", `reads '${path}' of 'try' instead of '${path}' of 'main'`, true],
  [
    "of another project and another place",
    { spec: { project: undefined, destination: { name: "west", namespace: "shop-dev" } } },
    "diverted",
    "is of project 'default' instead of 'shop-dev'; deploys to 'shop-dev' on 'west' instead of 'shop-dev' on 'https://kubernetes.default.svc'",
    true,
  ],
  [
    "a comparison that failed",
    { status: { sync: { status: "Unknown" }, conditions: [{ type: "ComparisonError", message: "app path does not exist" }] } },
    "failed",
    "ComparisonError: app path does not exist",
    false,
  ],
  ["a warning", { status: { conditions: [{ type: "OrphanedResourceWarning", message: "1 orphan" }] } }, "ok", "", true],
  [
    "a sync that failed",
    { status: { operationState: { phase: "Failed", message: "hook failed", syncResult: { revision: head }, operation: {} } } },
    "failed",
    "hook failed",
    true,
  ],
  [
    "a sync that ended in an error before it began",
    { status: { operationState: { phase: "Error", message: "not permitted", operation: {} } } },
    "failed",
    "not permitted",
    true,
  ],
  [
    "a sync that failed at files that Git has replaced since",
    { status: { operationState: { phase: "Failed", message: "bad", syncResult: { revision: first }, operation: {} } } },
    "ok",
    "",
    true,
  ],
  [
    "a sync that failed at another commit with the same files",
    {
      revision: same,
      status: { operationState: { phase: "Failed", message: "bad", syncResult: { revision: first }, operation: {} } },
    },
    "failed",
    "bad",
    false,
  ],
  [
    "resources that are not healthy",
    { status: { health: { status: "Degraded" }, resources: [{ ...deployment, status: "Synced", health: { status: "Degraded" } }] } },
    "degraded",
    "Deployment shop-dev/frontend",
    true,
  ],
  [
    "a change in the cluster that broke it",
    { status: { sync: { status: "OutOfSync", revision: head }, health: { status: "Degraded" }, resources: [deployment] } },
    "degraded",
    "drifted: Deployment shop-dev/frontend",
    false,
  ],
  [
    "out of sync, though Git says what it said at the last sync",
    { status: { sync: { status: "OutOfSync", revision: head }, ...synced(head), resources: [deployment] } },
    "drifted",
    "Deployment shop-dev/frontend",
    false,
  ],
  [
    "out of sync after a commit elsewhere",
    { revision: first, status: { sync: { status: "OutOfSync", revision: same }, ...synced(first), resources: [deployment] } },
    "drifted",
    "Deployment shop-dev/frontend",
    false,
  ],
  [
    "out of sync in a file that was changed and in one that was not",
    { status: { sync: { status: "OutOfSync", revision: head }, ...synced(first), resources: [deployment, service] } },
    "drifted",
    "Service shop-dev/frontend",
    false,
  ],
  [
    "out of sync in a file that was changed",
    { status: { sync: { status: "OutOfSync", revision: head }, ...synced(first), resources: [deployment] } },
    "pending",
    "Deployment shop-dev/frontend",
    false,
  ],
  [
    "out of sync and nobody syncs it",
    { ...manual, status: { sync: { status: "OutOfSync", revision: head }, ...synced(first), resources: [deployment] } },
    "pending",
    "waits for somebody to sync; Deployment shop-dev/frontend",
    false,
  ],
  [
    "never synced",
    { ...manual, status: { sync: { status: "OutOfSync", revision: head }, history: [], operationState: undefined, resources: [service] } },
    "pending",
    "waits for somebody to sync; Service shop-dev/frontend",
    false,
  ],
  [
    "a resource that is no longer in Git",
    { status: { sync: { status: "OutOfSync", revision: head }, resources: [{ ...service, name: "old", requiresPruning: true }] } },
    "pending",
    "to prune: Service shop-dev/old",
    false,
  ],
  [
    "a hook that is not there",
    { status: { sync: { status: "OutOfSync", revision: head }, resources: [{ ...deployment, hook: true }] } },
    "pending",
    "",
    false,
  ],
  [
    "out of sync with a commit that this clone lacks",
    { status: { sync: { status: "OutOfSync", revision: stranger }, ...synced(first), resources: [deployment] } },
    "unknown",
    "out of sync; this clone lacks fffffff: git fetch",
    false,
  ],
  [
    "out of sync since a commit that this clone lacks",
    { status: { sync: { status: "OutOfSync", revision: head }, ...synced(stranger), resources: [deployment] } },
    "unknown",
    "out of sync; this clone lacks fffffff: git fetch",
    false,
  ],
  ["synced at a commit that this clone lacks", { revision: stranger }, "unknown", "this clone lacks fffffff: git fetch", undefined],
  [
    "new",
    { status: { sync: undefined, health: undefined, operationState: undefined } },
    "unknown",
    "Argo CD has not compared it yet",
    false,
  ],
  ["synced at an older commit with other files", { revision: same }, "behind", "compared at 2222222", false],
  [
    "syncing",
    { status: { operationState: { phase: "Running", message: "waiting for\nhooks", retryCount: 2, operation: {} } } },
    "progressing",
    "sync running, retry 2: waiting for\nhooks",
    true,
  ],
  [
    "a dry run that failed",
    { status: { operationState: { phase: "Failed", message: "not valid", syncResult: { revision: head }, operation: dryRun } } },
    "ok",
    "",
    true,
  ],
  [
    "a dry run after the last comparison",
    {
      status: {
        reconciledAt: "2026-04-01T08:00:00Z",
        operationState: { phase: "Succeeded", finishedAt: "2026-04-01T08:01:00Z", operation: dryRun },
      },
    },
    "ok",
    "",
    true,
  ],
  ["a dry run that goes on", { status: { operationState: { phase: "Running", operation: dryRun } } }, "ok", "", true],
  [
    "out of sync in a file that was reverted after a sync of it had failed half-way",
    {
      revision: reverted,
      status: {
        sync: { status: "OutOfSync", revision: reverted },
        ...synced(first),
        operationState: { phase: "Failed", message: "bad", syncResult: { revision: head }, operation: {} },
        resources: [deployment],
      },
    },
    "pending",
    "Deployment shop-dev/frontend",
    false,
  ],
  [
    "out of sync in a file that was reverted after a sync of that resource alone, and in another",
    {
      revision: reverted,
      status: {
        sync: { status: "OutOfSync", revision: reverted },
        ...synced(first),
        operationState: {
          phase: "Succeeded",
          syncResult: { revision: head },
          operation: { sync: { resources: [{ kind: "Deployment" }] } },
        },
        resources: [deployment, service],
      },
    },
    "drifted",
    "Service shop-dev/frontend",
    false,
  ],
  [
    "out of sync since a sync of a commit that this clone lacks",
    {
      status: {
        sync: { status: "OutOfSync", revision: head },
        ...synced(head),
        operationState: { phase: "Succeeded", syncResult: { revision: stranger }, operation: {} },
        resources: [deployment],
      },
    },
    "unknown",
    "out of sync; this clone lacks fffffff: git fetch",
    false,
  ],
  [
    "syncing what Git has changed",
    {
      status: {
        sync: { status: "OutOfSync", revision: head },
        ...synced(first),
        resources: [deployment],
        operationState: { phase: "Running", operation: {} },
      },
    },
    "progressing",
    "sync running",
    false,
  ],
  [
    "out of sync as of before the last sync ended",
    {
      status: {
        sync: { status: "OutOfSync", revision: head },
        resources: [deployment],
        reconciledAt: "2026-04-01T07:59:59Z",
      },
    },
    "progressing",
    "synced, not compared again yet",
    false,
  ],
  [
    "out of sync as of the second in which the last sync ended",
    {
      status: {
        sync: { status: "OutOfSync", revision: head },
        resources: [deployment],
        reconciledAt: "2026-04-01T08:00:00Z",
      },
    },
    "drifted",
    "Deployment shop-dev/frontend",
    false,
  ],
  ["compared with a branch that Argo CD could not resolve", { revision: "main" }, "unknown", "Argo CD has not compared it yet", false],
  ["starting", { status: { health: { status: "Progressing" } } }, "progressing", "resources are starting", true],
  ["paused", { status: { health: { status: "Suspended" } } }, "suspended", "", true],
  ["of no known health", { status: { health: { status: "Unknown" } } }, "unknown", "its health is Unknown", true],
  ["synced at a later commit with other files", { revision: later }, "ahead", "at 4444444", false],
  [
    "starting at a later commit with other files",
    { revision: later, status: { health: { status: "Progressing" } } },
    "progressing",
    "resources are starting",
    false,
  ],
];

describe("the state of an Application that is", () => {
  test.each(cases)("%s", (_what, props, state, note, holds) => {
    const found = report(props);
    expect({ state: found.state, note: found.note, holds: found.holds }).toEqual({
      state,
      note: typeof note === "string" ? note : expect.stringMatching(note),
      holds,
    });
  });
});

describe("a policy that somebody changed in the cluster", () => {
  const off = { syncPolicy: { automated: undefined } };
  const careless = { syncPolicy: { automated: { prune: true, selfHeal: false } } };
  const judged = (live: Props, rendered: Props, generated = false): string[] => {
    const wanted = { ...expected, generated, ...readApplicationSpec(application(rendered)) };
    const { state, note } = reportApplication(wanted, readApplication(application(live)), { git, revision: head });
    return [state, note];
  };

  test.each<[string, Props, Props, string]>([
    ["automatic sync off", off, {}, "its automatic sync is off instead of on"],
    ["automatic sync on", {}, off, "its automatic sync is on instead of off"],
    ["self-heal", careless, {}, "its self-heal is off instead of on"],
    ["pruning", {}, { syncPolicy: { automated: { selfHeal: true } } }, "its pruning is on instead of off"],
  ])("is told: %s", (_what, live, rendered, note) => {
    expect(judged(live, rendered)).toEqual(["diverted", note]);
  });

  test("is its ApplicationSet's business where one makes the Application", () => {
    expect(judged(off, {}, true)).toEqual(["ok", ""]);
    expect(judged({ spec: { project: "other" } }, {}, true)).toEqual(["diverted", "is of project 'other' instead of 'shop-dev'"]);
  });
});

describe("a comparison that is too old", () => {
  const oldest = "2026-04-01T08:30:00.000Z";
  const state = (reconciledAt: string | undefined, status: object = {}): string => {
    const live = readApplication(liveApplication({ revision: head, status: { reconciledAt, ...status } }));
    return reportApplication(expected, live, { git, revision: head }, oldest).state;
  };
  const [old, young] = ["2026-04-01T08:29:59Z", "2026-04-01T08:30:00Z"];

  test("tells nothing, neither that all is well nor that a sync runs, nor that something drifted", () => {
    expect(state(young)).toBe("ok");
    expect(state(undefined)).toBe("ok");
    expect(state(old)).toBe("unknown");
    expect(state(old, { operationState: { phase: "Running", operation: {} } })).toBe("unknown");
    expect(state(old, { sync: { status: "OutOfSync", revision: head }, resources: [deployment] })).toBe("unknown");
  });

  test("does not hide that something failed", () => {
    expect(state(old, { health: { status: "Degraded" } })).toBe("degraded");
  });
});

test("an Application that the cluster lacks is missing", () => {
  expect(reportApplication(expected, undefined, { git, revision: head })).toMatchObject({ state: "missing", holds: false });
});

test("an Application lawfully lags behind a commit that does not change its files", () => {
  expect(report({ revision: first }, same)).toMatchObject({ state: "ok", holds: true });
});

test("a wanted commit that lacks the folder cannot be compared with", () => {
  const empty = plainGit({ [first]: { [`${path}/deployment.yaml`]: "a" }, [head]: { [`${path}/deployment.yaml`]: undefined } });
  const live = readApplication(liveApplication({ revision: first }));
  expect(reportApplication(expected, live, { git: empty, revision: head })).toMatchObject({
    state: "unknown",
    note: `3333333 has no '${path}'`,
  });
});

test("only three resources are named in a note", () => {
  const resources = ["a", "b", "c", "d", "e"].map((name) => ({ ...deployment, name }));
  expect(report({ status: { sync: { status: "OutOfSync", revision: head }, resources } }).note).toBe(
    "Deployment shop-dev/a, Deployment shop-dev/b, Deployment shop-dev/c, 2 more",
  );
});

test("drifted, pending and prunable resources are told apart, whichever the state is of", () => {
  const resources = [deployment, service, { ...service, name: "old", requiresPruning: true }];
  const { outOfSync } = report({ status: { sync: { status: "OutOfSync", revision: head }, ...synced(first), resources } });
  expect(outOfSync.drifted.map(({ kind }) => kind)).toEqual(["Service"]);
  expect(outOfSync.pending.map(({ kind }) => kind)).toEqual(["Deployment"]);
  expect(outOfSync.prunable.map(({ name }) => name)).toEqual(["old"]);
});

describe("who synced last", () => {
  test("is the user of the last operation", () => {
    const operationState = { phase: "Succeeded", finishedAt: "2026-04-01T08:45:00Z", operation: { initiatedBy: { username: "ada" } } };
    expect(report({ status: { operationState } }).lastSync).toMatchObject({ by: "ada", at: "2026-04-01T08:45:00Z", phase: "Succeeded" });
  });

  test("is Argo CD itself", () => {
    expect(report().lastSync).toMatchObject({ by: "automated", at: "2026-04-01T08:00:00Z", revision: head });
  });

  test("is not who only tried", () => {
    const operationState = {
      phase: "Succeeded",
      finishedAt: "2026-04-01T08:45:00Z",
      operation: { ...dryRun, initiatedBy: { username: "ada" } },
    };
    expect(report({ status: { operationState } }).lastSync).toMatchObject({ by: "automated", at: "2026-04-01T08:00:00Z" });
  });

  test("is dated by its beginning while it runs", () => {
    const operationState = { phase: "Running", startedAt: "2026-04-01T08:50:00Z", operation: { initiatedBy: {} } };
    expect(report({ status: { operationState } }).lastSync).toMatchObject({ by: undefined, at: "2026-04-01T08:50:00Z" });
  });

  test("is read from the history where Argo CD forgot the operation", () => {
    const history = [
      { id: 0, revision: first, deployedAt: "2026-03-01T08:00:00Z", initiatedBy: { username: "ada" } },
      { id: 1, revision: head, deployedAt: "2026-04-01T07:00:00Z", initiatedBy: { username: "grace" } },
    ];
    expect(report({ status: { operationState: undefined, history } }).lastSync).toMatchObject({ by: "grace", phase: "Succeeded" });
  });

  test("is nobody before the first sync", () => {
    expect(report({ status: { operationState: undefined, history: [] } }).lastSync).toBeUndefined();
  });
});
