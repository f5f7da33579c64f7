import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { LiveResource } from "../../../lib/cluster/application.ts";
import { projectRoot } from "../../support/project-copy.ts";
import { type ControlPlane, startControlPlane } from "../control-plane/control-plane.ts";
import { NotYet, waitFor } from "../control-plane/wait-for.ts";
import { createWorkspace, type GitOpsWorkspace, orchardDefinitions } from "../gitops-workspace.ts";
import { argocdNamespace, LiveArgoCd } from "../live-argocd.ts";
import { ObjectEvents } from "../object-events.ts";
import { readOnlyKubeconfig } from "../read-only-kubeconfig.ts";
import { Timings } from "../timings.ts";
import { Undo } from "../undo.ts";
import { VisitedCluster } from "../visited-cluster.ts";

const podinfo = "ghcr.io/stefanprodan/podinfo";

// The story of a small repository, told once from its first commit on: each test goes on where the one before it ended.
describe("a repository behind Argo CD", () => {
  const timings = new Timings();
  const undo = new Undo();
  let plane: ControlPlane;
  let workspace: GitOpsWorkspace;
  let argocd: LiveArgoCd;
  let cellar: ObjectEvents;
  let firstCommit: string;
  let lastPin: string;

  const repository = "orchard";
  const imageOf = (deployment: string, namespace: string): Promise<string> =>
    plane.kubectl(["get", "deployment", deployment, "-n", namespace, "-o", "jsonpath={.spec.template.spec.containers[0].image}"]);
  /** Pushed, and Argo CD told so. */
  const released = async (message: string): Promise<string> => {
    const commit = await workspace.release(message);
    await argocd.webhook(repository, commit);
    return commit;
  };
  const statusOf = (application: string): string[] => [
    "status",
    "--application",
    application,
    "--output",
    "json",
    "--kubeconfig",
    plane.kubeconfig,
  ];
  const isGone = (kind: string, name: string, namespace: string): Promise<true> =>
    waitFor(`${kind} '${name}' is gone`, async () => {
      const found = await plane.kubectl(["get", kind, name, "-n", namespace, "--ignore-not-found", "-o", "name"]);
      return found === "" ? true : new NotYet(found.trim());
    });

  beforeAll(async () => {
    plane = await startControlPlane();
    undo.later(() => plane.stop());
    argocd = new LiveArgoCd(plane);
    workspace = await createWorkspace(plane.git, repository, { definitions: orchardDefinitions });
    undo.later(workspace.remove);
    const visit = await VisitedCluster.enter(plane, workspace, repository);
    undo.later(() => visit.leave());
    await argocd.addRepository(repository);
    cellar = new ObjectEvents(plane, "cellar-dev");
    undo.later(() => {
      cellar.stop();
    });
    firstCommit = await workspace.release("feat: the first harvest");
    await plane.kubectl(["apply", "-f", join(workspace.folder, "dist/bootstrap/main")]);
  });

  test("the root brings up dev alone; production waits until somebody syncs it", async () => {
    for (const name of ["cellar-dev", "orchard-namespace-dev", "orchard-storefront-dev", "orchard-courier-dev"])
      await argocd.settled(name, firstCommit);
    for (const name of ["cellar-production", "orchard-storefront-production", "orchard-courier-production"]) {
      const waiting = await waitFor(`'${name}' was compared`, async () => {
        const application = await argocd.application(name);
        return application?.revision === firstCommit ? application : new NotYet(application);
      });
      expect(waiting).toMatchObject({ syncStatus: "OutOfSync", healthStatus: "Missing", operation: undefined });
      await argocd.sync(name);
    }
    for (const name of ["cellar-production", "orchard-storefront-production", "orchard-courier-production"])
      await argocd.settled(name, firstCommit);
  });

  test("on an empty namespace the migration runs after the database and before the press", () => {
    const migrationStarted = cellar.first("Job/migration");
    const migrationDone = cellar.first("Job/migration", ({ succeeded }) => succeeded === "1");
    expect(cellar.first("StatefulSet/database", ({ ready }) => ready === "1")).toBeLessThan(migrationStarted);
    expect(migrationDone).toBeLessThan(cellar.first("Deployment/press"));
  });

  test("keelson status, with no more rights than its page asks for, finds everything as it should be", async () => {
    const kubeconfig = join(workspace.folder, "build/reader.kubeconfig");
    await readOnlyKubeconfig(plane, join(projectRoot, "docs/status.md"), kubeconfig);
    const everything = ["status", "--kubeconfig", kubeconfig, "--output", "json", "--wait", "--timeout", "2m"];
    const { exitCode, stdout, stderr } = await workspace.keelson(everything);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const { applications, notInGit } = JSON.parse(stdout) as StatusJson;
    expect(applications.filter(({ state, holds }) => state !== "ok" || holds !== true)).toEqual([]);
    expect(applications.map(({ name }) => name)).toEqual(expect.arrayContaining(["root", "root-production", "orchard-courier-production"]));
    // somebody else's cluster may hold more
    if (!plane.external) expect(notInGit).toEqual([]);
  });

  test("what somebody changes by hand in production is called drift, not a release that waits", async () => {
    await plane.kubectl(["set", "image", "deployment/courier", `courier=${podinfo}:6.9.2`, "-n", "orchard-production"]);
    const drifted = await waitFor("status sees the drift", async () => {
      const { exitCode, stdout } = await workspace.keelson(statusOf("orchard-courier-production"));
      const [application] = (JSON.parse(stdout) as StatusJson).applications;
      return exitCode === 1 && application?.state === "drifted" ? application : new NotYet(stdout);
    });
    expect(drifted.drifted).toEqual([{ group: "apps", kind: "Deployment", namespace: "orchard-production", name: "courier" }]);
    await argocd.sync("orchard-courier-production");
    await argocd.settled("orchard-courier-production");
    const wait = ["--wait", "--timeout", "2m"];
    expect(await workspace.keelson([...statusOf("orchard-courier-production"), ...wait])).toMatchObject({ exitCode: 0 });
    expect(await imageOf("courier", "orchard-production")).toBe(`${podinfo}:6.9.0`);
  });

  test("a pin moved by a commit rolls out by polling", async () => {
    workspace.pin("dev", "orchard/storefront", `${podinfo}:6.9.1`);
    const commit = await workspace.release("feat(orchard): storefront 6.9.1 in dev");
    await timings.measure("commit to synced by polling (every 10 s)", () => argocd.settled("orchard-storefront-dev", commit));
    expect(await imageOf("storefront", "orchard-dev")).toBe(`${podinfo}:6.9.1`);
    expect(await imageOf("storefront", "orchard-production")).toBe(`${podinfo}:6.9.0`);
  });

  test("a pin moved by a commit rolls out by a webhook", async () => {
    const asked = new ObjectEvents(plane, argocdNamespace, ["applications.argoproj.io"]);
    undo.later(() => {
      asked.stop();
    });
    await waitFor("the Applications are watched", () => Promise.resolve(asked.events.length > 0));
    workspace.pin("dev", "orchard/storefront", `${podinfo}:6.9.2`);
    lastPin = await workspace.release("feat(orchard): storefront 6.9.2 in dev");
    await timings.measure("commit to synced by webhook", async () => {
      await argocd.webhook(repository, lastPin);
      await argocd.settled("orchard-storefront-dev", lastPin);
    });
    // what Argo CD looks at by its own clock it looks at without this mark
    asked.first("Application/orchard-storefront-dev", ({ refresh }) => refresh === "normal");
    asked.stop();
    expect(await imageOf("storefront", "orchard-dev")).toBe(`${podinfo}:6.9.2`);
  });

  test("a commit that takes the release back restores what ran before", async () => {
    workspace.git("revert", "--no-commit", lastPin);
    const commit = workspace.push(`revert: storefront 6.9.2 in dev`);
    await timings.measure("rollback by commit, with webhook", async () => {
      await argocd.webhook(repository, commit);
      await argocd.settled("orchard-storefront-dev", commit);
    });
    expect(await imageOf("storefront", "orchard-dev")).toBe(`${podinfo}:6.9.1`);
  });

  test("a deleted Deployment is healed by Argo CD itself", async () => {
    const before = await argocd.settled("orchard-storefront-dev");
    const uid = await plane.kubectl(["get", "deployment", "storefront", "-n", "orchard-dev", "-o", "jsonpath={.metadata.uid}"]);
    await timings.measure("self-heal of the first trial", async () => {
      await plane.kubectl(["delete", "deployment", "storefront", "-n", "orchard-dev"]);
      await waitFor(
        "another storefront is ready",
        async () => {
          const columns = "jsonpath={.metadata.uid} {.status.readyReplicas}";
          const seen = await plane.kubectl(["get", "deployment", "storefront", "-n", "orchard-dev", "--ignore-not-found", "-o", columns]);
          const [now = "", ready = ""] = seen.split(" ");
          return now !== "" && now !== uid && ready === "2" ? true : new NotYet(seen);
        },
        { timeout: 60_000 },
      );
    });
    const healed = await argocd.settled("orchard-storefront-dev");
    expect(healed.operation).toMatchObject({ automated: true, revision: before.revision });
    expect(healed.operation?.startedAt).not.toBe(before.operation?.startedAt);
  });

  test("on an update too the migration runs after the database and before the press", async () => {
    for (const service of ["database", "press"]) workspace.pin("dev", `cellar/${service}`, `${podinfo}:6.9.1`);
    const commit = await released("feat(cellar): database and press 6.9.1 in dev");
    const wait = ["status", "--application", "cellar-dev", "--wait", "--contains", commit, "--timeout", "4m"];
    expect(await workspace.keelson([...wait, "--kubeconfig", plane.kubeconfig])).toMatchObject({ exitCode: 0 });
    const updated = cellar.first(
      "StatefulSet/database",
      ({ image, observed, ready, updated }) => image.endsWith(":6.9.1") && observed && ready === "1" && updated === "1",
    );
    expect(updated).toBeLessThan(cellar.first("Job/migration", ({ image }) => image.endsWith(":6.9.1")));
    const migrated = cellar.first("Job/migration", ({ image, succeeded }) => image.endsWith(":6.9.1") && succeeded === "1");
    expect(migrated).toBeLessThan(cellar.first("Deployment/press", ({ image }) => image.endsWith(":6.9.1")));
  });

  test("a failing migration stops the sync before the press changes; the commit that mends it goes through", async () => {
    workspace.edit("apps/cellar/migration.ts", '"exit 0"', '"exit 1"');
    workspace.pin("dev", "cellar/press", `${podinfo}:6.9.2`);
    const commit = await released("feat(cellar): press 6.9.2 in dev, with a migration that fails");
    await waitFor("the migration has failed the sync", async () => {
      const application = await argocd.application("cellar-dev");
      const { revision, message = "", retryCount = 0 } = application?.operation ?? {};
      const failed =
        revision === commit && retryCount > 0 && message.includes("one or more synchronization tasks completed unsuccessfully");
      return failed ? true : new NotYet(application?.operation);
    });
    expect(cellar.events.filter(({ object, image }) => object === "Job/migration" && image.endsWith(":6.9.2")).length).toBeGreaterThan(0);
    expect(await imageOf("press", "cellar-dev")).toBe(`${podinfo}:6.9.1`);
    workspace.edit("apps/cellar/migration.ts", '"exit 1"', '"exit 0"');
    await argocd.settled("cellar-dev", await released("fix(cellar): the migration"));
    expect(await imageOf("press", "cellar-dev")).toBe(`${podinfo}:6.9.2`);
  });

  test("what leaves Git leaves the cluster", async () => {
    const budget = await plane.kubectl(["get", "poddisruptionbudget", "-n", "orchard-dev", "-o", "name"]);
    expect(budget.trim()).toBe("poddisruptionbudget.policy/storefront");
    workspace.edit("environments/dev/overlays.ts", "overlay(storefront, { disruptionBudget: DisruptionBudget.maxUnavailable(1) })", "");
    await argocd.settled("orchard-storefront-dev", await released("feat(orchard): no budget in dev"));
    await isGone("poddisruptionbudget", "storefront", "orchard-dev");
  });

  test("the drift experiment measures what Argo CD heals, and writes it down", async () => {
    const out = join(workspace.folder, "build/drift");
    const { exitCode, stderr } = await workspace.keelson([
      ...[
        "experiment",
        "drift",
        "orchard/storefront",
        "--environment",
        "dev",
        "--trials",
        "2",
        "--between",
        "none",
        "--injection",
        "image",
      ],
      ...["--kubeconfig", plane.kubeconfig, "--out", out, "--yes"],
    ]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const [header, ...samples] = workspace.read("build/drift/samples.csv").trim().split("\n");
    const columns = header?.split(",") ?? [];
    const rows: Record<string, string>[] = samples.map((line) =>
      Object.fromEntries(line.split(",").map((cell, column) => [columns[column] ?? "", cell])),
    );
    expect(rows).toMatchObject([
      { trial: "1", injection: "image", outcome: "recovered", automatic: "true" },
      { trial: "2", injection: "image", outcome: "recovered", automatic: "true" },
    ]);
    for (const { trial, secondsToRestored } of rows)
      timings.note(`drift experiment, trial ${String(trial)}`, Number(secondsToRestored) * 1000);
    await argocd.settled("orchard-storefront-dev");
  });

  test("an object outside its project is refused, and nothing beside it is applied", async () => {
    const folder = "dist/dev/main/orchard";
    workspace.write(`${folder}/storefront/cluster-role-burglar.yaml`, clusterRole);
    workspace.write(`${folder}/courier/config-map-burglar.yaml`, configMapElsewhere);
    workspace.edit(`${folder}/courier/deployment-courier.yaml`, `${podinfo}:6.9.0`, `${podinfo}:6.9.1`);
    const commit = workspace.push("feat: straight into dist/, past synth and review");
    await argocd.webhook(repository, commit);
    const refusal = (name: string): Promise<string> =>
      waitFor(`the sync of '${name}' was refused`, async () => {
        const application = await argocd.application(name);
        const { revision, message = "" } = application?.operation ?? {};
        return revision === commit && message.includes("not valid") ? message : new NotYet(application?.operation);
      });
    expect(await refusal("orchard-storefront-dev")).toContain(
      "resource rbac.authorization.k8s.io:ClusterRole is not permitted in project orchard-dev",
    );
    expect(await refusal("orchard-courier-dev")).toContain("namespace default is not permitted in project 'orchard-dev'");
    expect(await imageOf("courier", "orchard-dev")).toBe(`${podinfo}:6.9.0`);
    expect(await plane.kubectl(["get", "clusterrole", "burglar", "--ignore-not-found", "-o", "name"])).toBe("");
    // synth removes what it did not write
    const cleaned = await released("fix: dist/ is what the definitions give");
    for (const name of ["orchard-storefront-dev", "orchard-courier-dev"]) await argocd.settled(name, cleaned);
  });

  test("a deny window blocks the sync until it is lifted", async () => {
    const window = 'syncWindows: [{ environment: dev, windows: [SyncWindow.deny({ schedule: "* * * * *", duration: "1h" })] }],';
    workspace.edit("apps/orchard/system.ts", "syncWindows: [],", window);
    workspace.edit(
      "apps/orchard/system.ts",
      "import { defineSystem",
      'import { SyncWindow } from "../../lib/definition/sync-window.ts";\nimport { defineSystem',
    );
    await released("feat(orchard): nothing moves in dev");
    await waitFor("the project has the window", async () => {
      const windows = await plane.kubectl([
        "get",
        "appproject",
        "orchard-dev",
        "-n",
        argocdNamespace,
        "-o",
        "jsonpath={.spec.syncWindows[*].kind}",
      ]);
      return windows.includes("deny") ? true : new NotYet(windows);
    });
    workspace.pin("dev", "orchard/storefront", `${podinfo}:6.9.2`);
    const commit = await released("feat(orchard): storefront 6.9.2 in dev");
    const before = await waitFor("Argo CD has seen the commit", async () => {
      const application = await argocd.application("orchard-storefront-dev");
      const seen = application?.revision === commit && application.syncStatus === "OutOfSync";
      return seen ? application : new NotYet(application);
    });
    // two reconciliations
    await setTimeout(25_000);
    expect(await argocd.application("orchard-storefront-dev")).toMatchObject({ syncStatus: "OutOfSync", operation: before.operation });
    expect(await imageOf("storefront", "orchard-dev")).toBe(`${podinfo}:6.9.1`);
    workspace.edit("apps/orchard/system.ts", window, "syncWindows: [],");
    await released("feat(orchard): dev moves again");
    await argocd.settled("orchard-storefront-dev");
    expect(await imageOf("storefront", "orchard-dev")).toBe(`${podinfo}:6.9.2`);
  });

  test("a service that leaves Git leaves dev; production keeps it until somebody confirms", async () => {
    workspace.edit("apps/orchard/system.ts", "services: [storefront, courier]", "services: [storefront]");
    for (const environment of ["dev", "production"])
      workspace.edit(`environments/${environment}/images.yaml`, `orchard/courier: ${podinfo}:6.9.0\n`, "");
    const commit = await released("feat(orchard): no courier");
    await isGone("application", "orchard-courier-dev", argocdNamespace);
    await isGone("deployment", "courier", "orchard-dev");
    const isToPrune = ({ name, requiresPruning }: LiveResource): boolean => name === "orchard-courier-production" && requiresPruning;
    await waitFor("production's root has seen that the courier has left Git", async () => {
      const root = await argocd.application("root-production");
      return root?.revision === commit && root.resources.some(isToPrune) ? true : new NotYet(root?.resources);
    });
    expect(await imageOf("courier", "orchard-production")).toBe(`${podinfo}:6.9.0`);
    await argocd.sync("root-production", { prune: true });
    await waitFor("the sync waits for a confirmation", async () => {
      const { phase, message = "" } = (await argocd.application("root-production"))?.operation ?? {};
      return phase === "Running" && message.includes("confirm") ? true : new NotYet({ phase, message });
    });
    expect(await argocd.application("orchard-courier-production")).toMatchObject({ deletionTimestamp: undefined });
    await argocd.confirm("root-production");
    await isGone("application", "orchard-courier-production", argocdNamespace);
    await isGone("deployment", "courier", "orchard-production");
  });
});

/** The part of `keelson status --output json` that is read here. */
interface StatusJson {
  readonly applications: readonly {
    readonly name: string;
    readonly state: string;
    readonly holds?: boolean;
    readonly drifted: readonly object[];
  }[];
  readonly notInGit: readonly object[];
}

const clusterRole = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: burglar
rules: []
`;

const configMapElsewhere = `apiVersion: v1
kind: ConfigMap
metadata:
  name: burglar
  namespace: default
`;
