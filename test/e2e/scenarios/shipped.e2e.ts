import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { beforeAll, expect, test } from "@jest/globals";
import type { LiveApplication } from "../../../lib/cluster/application.ts";
import { type ControlPlane, startControlPlane } from "../control-plane/control-plane.ts";
import { controlPlanes } from "../../../environments/registry.ts";
import { committedManifests, type CommittedManifest } from "../committed-manifests.ts";
import { NotYet, waitFor } from "../control-plane/wait-for.ts";
import { createWorkspace, type GitOpsWorkspace } from "../gitops-workspace.ts";
import { argocdNamespace, isSettled, LiveArgoCd } from "../live-argocd.ts";
import { ObjectEvents } from "../object-events.ts";
import { ownControlPlaneOnly } from "../own-control-plane-only.ts";
import { Timings } from "../timings.ts";
import { Undo } from "../undo.ts";

// What this repository ships, as a whole, on a control plane of its own: somebody else's has other settings than those shipped here.
ownControlPlaneOnly("what this repository ships", () => {
  const timings = new Timings();
  const undo = new Undo();
  let plane: ControlPlane;
  let workspace: GitOpsWorkspace;
  let argocd: LiveArgoCd;
  let commit: string;
  let manifests: readonly CommittedManifest[];
  let staging: ObjectEvents;

  const expected = (): CommittedManifest[] =>
    manifests.filter(({ path, document }) => document.kind === "Application" && !path.startsWith("dist/bootstrap/"));
  const automated = ({ document }: CommittedManifest): boolean =>
    (document.spec as { readonly syncPolicy?: { readonly automated?: object } }).syncPolicy?.automated !== undefined;
  const namesOf = (some: readonly CommittedManifest[]): string[] => some.map(({ document }) => document.metadata.name).sort();

  beforeAll(async () => {
    plane = await startControlPlane();
    undo.later(() => plane.stop());
    argocd = new LiveArgoCd(plane);
    for (const [part, milliseconds] of Object.entries(plane.startup)) timings.note(`start-up of ${part}`, milliseconds);
    workspace = await createWorkspace(plane.git, "gitops");
    undo.later(workspace.remove);
    commit = await workspace.release("feat: everything");
    manifests = committedManifests(workspace.folder);
    // what the README says a cluster must have
    await plane.kubectl(["create", "namespace", "external-secrets"]);
    await argocd.addRepository("gitops");
    staging = new ObjectEvents(plane, "inventory-system-staging");
    undo.later(() => {
      staging.stop();
    });
  });

  test("runs on the Argo CD that the definitions target", () => {
    expect(controlPlanes.map(({ argocdVersion }) => argocdVersion)).toEqual([plane.argocdVersion]);
  });

  test("the root brings up every project and every Application, those of the ApplicationSet included", async () => {
    const wanted = { applications: ["root", ...namesOf(expected())].sort(), projects: namesOf(manifests.filter(isProject)) };
    await plane.kubectl(["apply", "-f", join(workspace.folder, "dist/bootstrap/main")]);
    const created = async (): Promise<typeof wanted> => {
      const projects = await plane.kubectl(["get", "appprojects", "-n", argocdNamespace, "-o", "jsonpath={.items[*].metadata.name}"]);
      return { applications: [...(await argocd.applications()).keys()].sort(), projects: projects.split(" ").sort() };
    };
    const isWhole = ({ applications, projects }: typeof wanted): boolean =>
      applications.length >= wanted.applications.length && projects.length >= wanted.projects.length;
    const live = await timings.measure("root applied to everything created", () =>
      waitFor("everything exists", async () => {
        const seen = await created();
        return isWhole(seen) ? seen : new NotYet(seen);
      }),
    );
    expect(live).toEqual(wanted);
  });

  test("dev, staging, the platform and self-healing production become Synced and Healthy alone", async () => {
    const names = namesOf(expected().filter(automated));
    expect(names).toEqual(expect.arrayContaining(["shop-frontend-dev", "inventory-system-staging", "sms-stack-app-service-production"]));
    await timings.measure("everything automated to Synced and Healthy", () =>
      waitFor(
        "all of them are Synced and Healthy",
        async () => {
          const live = await argocd.applications();
          const waiting = names.filter((name) => !isSettled(live.get(name)!)).map((name) => summaryOf(live.get(name)!));
          return waiting.length === 0 ? true : new NotYet(waiting.join("\n"));
        },
        { timeout: 400_000, interval: 1000 },
      ),
    );
  });

  test("and are so still a minute later, with no new operation", async () => {
    const names = namesOf(expected().filter(automated));
    const operations = (live: Map<string, LiveApplication>): object =>
      Object.fromEntries(names.map((name) => [name, { ...live.get(name)!.operation, deployments: live.get(name)!.history.length }]));
    const before = operations(await argocd.applications());
    for (let second = 0; second < 60; second += 5) {
      await setTimeout(5000);
      const live = await argocd.applications();
      expect(names.filter((name) => !isSettled(live.get(name)!))).toEqual([]);
    }
    expect(operations(await argocd.applications())).toEqual(before);
  });

  test("on an empty namespace the migration runs after the database and before the services", () => {
    const databaseReady = staging.first("StatefulSet/postgresql", ({ ready }) => ready === "1");
    const migrationStarted = staging.first("Job/migration");
    const migrationDone = staging.first("Job/migration", ({ succeeded }) => succeeded === "1");
    expect(databaseReady).toBeLessThan(migrationStarted);
    for (const service of ["user-service", "product-service", "inventory-service"])
      expect(migrationDone).toBeLessThan(staging.first(`Deployment/${service}`));
  });

  test("production stays OutOfSync and Missing until somebody syncs it, and then becomes Healthy", async () => {
    const names = namesOf(expected().filter((manifest) => !automated(manifest)));
    expect(names).toEqual([
      "inventory-system-production",
      "mlops-sentiment-production",
      "shop-frontend-production",
      "shop-order-service-production",
    ]);
    const waiting = await argocd.applications();
    for (const name of names) {
      expect(waiting.get(name)).toMatchObject({ syncStatus: "OutOfSync", healthStatus: "Missing", operation: undefined, history: [] });
    }
    await timings.measure("production from sync by hand to Healthy", async () => {
      for (const name of names) await argocd.sync(name);
      for (const name of names) await argocd.settled(name, commit);
    });
    expect((await argocd.application("shop-frontend-production"))?.history).toMatchObject([{ username: "grower", automated: false }]);
  });

  test("the ApplicationSet makes exactly the Applications that the offline expansion said", async () => {
    const expanded = manifests.filter(({ path }) => path.startsWith("dist/expanded/"));
    expect(namesOf(expanded)).toEqual(["remla-dev", "remla-production", "remla-staging"]);
    const owned = (
      JSON.parse(await plane.kubectl(["get", "applications", "-n", argocdNamespace, "-o", "json"])) as {
        readonly items: readonly OwnedApplication[];
      }
    ).items.filter(({ metadata }) => metadata.ownerReferences?.some(({ kind, name }) => kind === "ApplicationSet" && name === "remla"));
    expect(owned.map(({ metadata }) => metadata.name).sort()).toEqual(namesOf(expanded));
    for (const { metadata, spec } of owned) {
      const { document } = expanded.find((one) => one.document.metadata.name === metadata.name)!;
      expect(withoutDefaults(spec)).toEqual(withoutDefaults(document.spec));
      expect(metadata).toMatchObject({ labels: document.metadata.labels, annotations: document.metadata.annotations });
      expect(metadata.finalizers).toEqual(document.metadata.finalizers);
    }
  });

  test("Argo CD runs with the settings that Git holds", async () => {
    const file = "dist/clusters/main/argocd/config-map-argocd-cm.yaml";
    const wanted = manifests.find(({ path }) => path === file)?.document.data as Readonly<Record<string, string>>;
    const live = JSON.parse(await plane.kubectl(["get", "configmap", "argocd-cm", "-n", argocdNamespace, "-o", "json"])) as {
      readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
      readonly data: Readonly<Record<string, string>>;
    };
    expect(live.metadata.annotations["argocd.argoproj.io/tracking-id"]).toBe("platform-argocd-main:/ConfigMap:argocd/argocd-cm");
    expect(wanted).toHaveProperty(["application.resourceTrackingMethod"], "annotation");
    expect(live.data).toMatchObject(wanted);
  });
});

interface OwnedApplication {
  readonly metadata: {
    readonly name: string;
    readonly labels?: object;
    readonly annotations?: object;
    readonly finalizers?: readonly string[];
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
  readonly spec: unknown;
}

function isProject({ document }: CommittedManifest): boolean {
  return document.kind === "AppProject";
}

function summaryOf({ name, syncStatus, healthStatus, healthMessage, operation, conditions }: LiveApplication): string {
  return JSON.stringify({
    name,
    syncStatus,
    healthStatus,
    healthMessage,
    phase: operation?.phase,
    message: operation?.message,
    conditions,
  });
}

/** Without what Go leaves out when it writes an Application: `false` and nothing. */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== false)
      .map(([key, inner]) => [key, withoutDefaults(inner)]),
  );
}
