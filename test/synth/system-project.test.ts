import { describe, expect, test } from "@jest/globals";
import { SyncMode } from "../../lib/definition/environment-policy.ts";
import { SyncWindow } from "../../lib/definition/sync-window.ts";
import type { Manifest } from "../../lib/manifest/manifest.ts";
import { type ResolvedSystem, resolveSystems } from "../../lib/synth/resolve-systems.ts";
import { clusterSystemProject, systemProject } from "../../lib/synth/system-project.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { eu, us } from "../fixtures/bookshop/environments/clusters.ts";
import { bookshopPins } from "../fixtures/bookshop/render.ts";
import { caught } from "../support/caught.ts";
import { fieldAt } from "../support/field-at.ts";
import { manifest } from "../support/manifests.ts";

const resolved = resolveSystems(bookshop, bookshopPins);
const place = { repository: bookshop.repository, controlPlane: bookshop.controlPlanes[0]! };

function system(name: string, environment: string): ResolvedSystem {
  return resolved.systems.find((entry) => entry.system.name === name && entry.environment.name === environment)!;
}

function projectOf(entry: ResolvedSystem, manifests: readonly Manifest[] = []): Manifest {
  const [project, ...others] = systemProject(entry, manifests, place);
  expect(others).toEqual([]);
  return project!;
}

const namespace = manifest({ kind: "Namespace", metadata: { name: "bookshop-production", namespace: undefined } });
const shelf = manifest({ apiVersion: "books.example/v1", kind: "Shelf", metadata: { name: "novels", namespace: undefined } });
const atlas = manifest({ apiVersion: "books.example/v1", kind: "Atlas", metadata: { name: "world", namespace: undefined } });
const service = manifest({ kind: "Service" });

describe("the AppProject of a system", () => {
  test("is called like its Namespace, in Argo CD's own, and says whose it is", () => {
    const { document, owner } = projectOf(system("bookshop", "production"));
    expect(owner).toEqual({ scope: "delivery", controlPlane: "central", group: "production", environment: "production" });
    expect(document.metadata).toEqual({
      name: "bookshop-production",
      namespace: "argocd",
      finalizers: ["resources-finalizer.argocd.argoproj.io"],
      labels: {
        "app.kubernetes.io/managed-by": "keelson",
        "app.kubernetes.io/part-of": "bookshop",
        "keelson.dev/environment": "production",
        "keelson.dev/team": "sales-team",
      },
    });
    expect(fieldAt(document, "spec.description")).toBe("bookshop in production, owned by sales-team");
  });

  test("reads this repository, and deploys to its own Namespace on each cluster, in the order of the clusters' names", () => {
    const entry = system("bookshop", "production");
    const turned = { ...entry, environment: { ...entry.environment, clusters: [us, eu] as const } };
    for (const { document } of [projectOf(entry), projectOf(turned)]) {
      expect(fieldAt(document, "spec.sourceRepos")).toEqual(["https://git.paperback.example/books/gitops.git"]);
      expect(fieldAt(document, "spec.destinations")).toEqual([
        { namespace: "bookshop-production", server: "https://kubernetes.default.svc" },
        { namespace: "bookshop-production", server: "https://us.clusters.paperback.example:6443" },
      ]);
    }
  });

  test("names a cluster that is known by name by its name", () => {
    const entry = system("bookshop", "dev");
    const byName = { ...entry, environment: { ...entry.environment, clusters: [{ ...eu, destination: { name: "eu" } }] as const } };
    expect(fieldAt(projectOf(byName).document, "spec.destinations")).toEqual([{ name: "eu", namespace: "bookshop-dev" }]);
  });

  test("may hold exactly the cluster-scoped objects that there are, each once and by name", () => {
    const { document } = projectOf(system("bookshop", "production"), [namespace, shelf, service, atlas, namespace]);
    expect(fieldAt(document, "spec.clusterResourceWhitelist")).toEqual([
      { group: "", kind: "Namespace", name: "bookshop-production" },
      { group: "books.example", kind: "Atlas", name: "world" },
      { group: "books.example", kind: "Shelf", name: "novels" },
    ]);
  });

  test("goes on permitting what retires, each entry once, and says so", () => {
    const entry = system("bookshop", "production");
    const retiring = {
      reason: "the shelf left",
      clusterObjects: [{ group: "books.example", kind: "Shelf", name: "poems" }],
      destinations: [
        { server: "https://asia.example", namespace: "bookshop-production" },
        { server: "https://kubernetes.default.svc", namespace: "bookshop-production" },
      ],
    };
    const [here, elsewhere] = [
      { ...retiring, environment: entry.environment },
      { ...retiring, environment: system("bookshop", "dev").environment },
    ];
    const withRetiring = (...entries: (typeof here)[]): Manifest =>
      projectOf({ ...entry, system: { ...entry.system, retiring: entries } }, [namespace]);
    const { document } = withRetiring(here, elsewhere);
    expect(fieldAt(document, "spec.clusterResourceWhitelist")).toEqual([
      { group: "", kind: "Namespace", name: "bookshop-production" },
      { group: "books.example", kind: "Shelf", name: "poems" },
    ]);
    expect(fieldAt(document, "spec.destinations")).toEqual([
      { namespace: "bookshop-production", server: "https://kubernetes.default.svc" },
      { namespace: "bookshop-production", server: "https://us.clusters.paperback.example:6443" },
      { namespace: "bookshop-production", server: "https://asia.example" },
    ]);
    expect(document.metadata.annotations).toEqual({
      "keelson.dev/retiring":
        "books.example/Shelf poems, https://asia.example bookshop-production, https://kubernetes.default.svc bookshop-production",
    });
    expect(withRetiring(elsewhere).document).toEqual(projectOf(entry, [namespace]).document);
  });

  test("may hold none where there is none, and says so", () => {
    expect(fieldAt(projectOf(system("bookshop", "production"), [service]).document, "spec.clusterResourceWhitelist")).toEqual([]);
  });

  test("leaves out what lives in a namespace, also where its namespace was forgotten", () => {
    const prices = manifest({ kind: "ConfigMap", metadata: { name: "prices", namespace: undefined } });
    const route = manifest({ apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute", metadata: { namespace: undefined } });
    expect(
      fieldAt(projectOf(system("bookshop", "production"), [prices, namespace, route]).document, "spec.clusterResourceWhitelist"),
    ).toEqual([{ group: "", kind: "Namespace", name: "bookshop-production" }]);
  });

  test("permits the same namespaced kinds whatever there is", () => {
    const permitted = (manifests: Manifest[]): unknown =>
      fieldAt(projectOf(system("bookshop", "production"), manifests).document, "spec.namespaceResourceWhitelist");
    expect(permitted([service])).toEqual(permitted([]));
    expect(permitted([])).toContainEqual({ group: "apps", kind: "Deployment" });
    expect(permitted([])).not.toContainEqual({ group: "", kind: "Secret" });
  });

  test("lets the team look, and whom the environment names sync", () => {
    expect(fieldAt(projectOf(system("warehouse", "production")).document, "spec.roles")).toEqual([
      {
        name: "viewer",
        description: "warehouse-team sees its Applications and reads their logs",
        groups: ["warehouse-team"],
        policies: [
          "p, proj:warehouse-production:viewer, applications, get, warehouse-production/*, allow",
          "p, proj:warehouse-production:viewer, logs, get, warehouse-production/*, allow",
        ],
      },
      {
        name: "syncer",
        description: "May start a sync",
        groups: ["paperback:sales", "platform-team"],
        policies: [
          "p, proj:warehouse-production:syncer, applications, get, warehouse-production/*, allow",
          "p, proj:warehouse-production:syncer, applications, sync, warehouse-production/*, allow",
          "p, proj:warehouse-production:syncer, logs, get, warehouse-production/*, allow",
        ],
      },
    ]);
    expect(fieldAt(projectOf(system("warehouse", "dev")).document, "spec.roles.1.groups")).toEqual(["warehouse-team"]);
  });

  test("has the windows of its environment, for its services and not for its namespace", () => {
    const windows = fieldAt(projectOf(system("bookshop", "production")).document, "spec.syncWindows") as { applications: string[] }[];
    expect(windows.map(({ applications }) => applications)).toEqual(
      ["allow", "deny"].map(() =>
        ["eu", "us"].flatMap((cluster) => ["catalogue", "storefront"].map((unit) => `bookshop-${unit}-production-${cluster}`)),
      ),
    );
    expect(fieldAt(projectOf(system("bookshop", "dev")).document, "spec.syncWindows")).toBeUndefined();
  });

  test("refuses an allow window where the policy promises self-heal", () => {
    const entry = system("bookshop", "production");
    const policy = { ...entry.policy, sync: SyncMode.automated({ prune: false, selfHeal: true }) };
    expect(caught(() => systemProject({ ...entry, policy }, [], place))).toBe(
      "system 'bookshop' heals itself in 'production', and its allow window would stop that outside of the window\n" +
        "hint: remove the window, or switch self-heal off for the system",
    );
    const deny = [{ environment: entry.environment, windows: [SyncWindow.deny({ schedule: "0 0 24 12 *", duration: "48h" })] }];
    expect(() => systemProject({ ...entry, policy, system: { ...entry.system, syncWindows: deny } }, [], place)).not.toThrow();
  });
});

describe("the AppProject of a cluster-wide system", () => {
  test("deploys to the namespaces of its units on that cluster, and belongs to no environment", () => {
    const platform = resolved.clusterSystems.find((entry) => entry.system.name === "platform")!;
    const [{ document, owner } = manifest({ kind: "AppProject" })] = clusterSystemProject(platform, [atlas], place);
    expect(owner).toEqual({ scope: "delivery", controlPlane: "central", group: "platform", environment: undefined });
    expect(document.metadata).toMatchObject({ name: "platform-eu", namespace: "argocd" });
    expect(document.metadata.labels).not.toHaveProperty("keelson.dev/environment");
    expect(fieldAt(document, "spec.destinations")).toEqual(
      ["argocd", "monitoring"].map((name) => ({ namespace: name, server: "https://kubernetes.default.svc" })),
    );
    expect(fieldAt(document, "spec.clusterResourceWhitelist")).toEqual([{ group: "books.example", kind: "Atlas", name: "world" }]);
    expect(fieldAt(document, "spec.roles.1.groups")).toEqual(["platform-team"]);
  });
});
