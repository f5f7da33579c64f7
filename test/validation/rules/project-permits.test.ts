import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { deliveryKinds, namespacedKinds } from "../../../lib/manifest/namespaced-kinds.ts";
import { projectPermits } from "../../../lib/validation/rules/project-permits.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { application, bootstrap, devServer, project, repositoryUrl, rootDelivery } from "../../support/delivery.ts";
import { checkout, deployment, manifest, reported } from "../../support/manifests.ts";

const world = bookshopWorld();
const inCluster = "https://kubernetes.default.svc";

function findings(spec: object, manifests: readonly Manifest[] = [deployment()], app = application()): string[] {
  return reported(projectPermits, [project(spec), app, ...manifests], world);
}

const noSource = (permits: string): string =>
  `Application argocd/bookshop-dev reads '${repositoryUrl}', which AppProject argocd/bookshop-dev does not permit\nhint: add it to sourceRepos of the project; it permits ${permits}`;
const noDestination = (permits: string): string =>
  `Application argocd/bookshop-dev deploys to '${devServer}', namespace 'bookshop-dev', which AppProject argocd/bookshop-dev does not permit\nhint: add it to destinations of the project; it permits ${permits}`;
const noNamespace =
  "Namespace bookshop-dev belongs to the whole cluster, and AppProject argocd/bookshop-dev does not permit it\nhint: add { group: '', kind: 'Namespace', name: 'bookshop-dev' } to clusterResourceWhitelist of the project";
const noDeployment =
  "Deployment bookshop-dev/catalogue is of kind 'apps/Deployment', which AppProject argocd/bookshop-dev does not permit\nhint: render another kind, or add it to the catalogue of namespaced kinds, from which every project takes them";

describe("project-permits", () => {
  test("lets what the project names pass, and says nothing without definitions, a project or an Application", () => {
    expect(findings({})).toEqual([]);
    expect(reported(projectPermits, [project({ sourceRepos: [] }), application(), deployment()])).toEqual([]);
    expect(reported(projectPermits, [application(), deployment()], world)).toEqual([]);
    expect(reported(projectPermits, [project({ destinations: [] }), deployment()], world)).toEqual([]);
  });

  test.each([
    [["*"], []],
    [["https://GIT.example/bookshop"], []],
    [["https://git.example/*"], []],
    [["https://*/bookshop"], []],
    [["https://git.example/{bookshop,warehouse}.git"], []],
    [[], [noSource("none")]],
    [["https://*"], [noSource("'https://*'")]],
    [["https://git.example/warehouse.git"], [noSource("'https://git.example/warehouse.git'")]],
    [["*", "!https://git.example/*"], [noSource("'*', '!https://git.example/*'")]],
    [["!https://git.example/*", "*"], [noSource("'!https://git.example/*', '*'")]],
    [["!https://git.example/warehouse"], []],
  ])("judges the source by %j", (sourceRepos, found) => {
    expect(findings({ sourceRepos })).toEqual(found);
  });

  test("judges every source of an Application that has several", () => {
    const app = application({ sources: [{ repoURL: repositoryUrl }, { repoURL: "https://charts.example" }, {}] });
    expect(findings({}, [], app)).toEqual([
      noSource(`'${repositoryUrl}'`).replace(`reads '${repositoryUrl}'`, "reads 'https://charts.example'"),
    ]);
  });

  test.each([
    [[{ server: "*", namespace: "*" }], []],
    [[{ server: "https://dev-*", namespace: "bookshop-*" }], []],
    [[{ server: devServer, namespace: "!bookshop-production" }], []],
    [[], [noDestination("none")]],
    [[{ server: devServer, namespace: "bookshop-staging" }], [noDestination(`'${devServer}', namespace 'bookshop-staging'`)]],
    [[{ name: "dev-eu", namespace: "bookshop-dev" }], [noDestination("'dev-eu', namespace 'bookshop-dev'")]],
    [
      [
        { server: "*", namespace: "*" },
        { server: "!https://dev-*", namespace: "*" },
      ],
      [noDestination("'*', namespace '*', '!https://dev-*', namespace '*'")],
    ],
    [
      [
        { server: "*", namespace: "*" },
        { server: devServer, namespace: "!bookshop-*" },
      ],
      [noDestination(`'*', namespace '*', '${devServer}', namespace '!bookshop-*'`)],
    ],
    // a denied namespace of another cluster, and a denied cluster for another namespace
    [
      [
        { server: "*", namespace: "*" },
        { server: "https://production-eu.example", namespace: "!bookshop-*" },
        { server: "!https://dev-*", namespace: "warehouse-*" },
      ],
      [],
    ],
  ])("judges the destination by %j", (destinations, found) => {
    expect(findings({ destinations })).toEqual(found);
  });

  test("knows Argo CD's own cluster by address and name, whichever side says which", () => {
    const [byServer, byName] = [
      { server: inCluster, namespace: "bookshop-dev" },
      { name: "in-cluster", namespace: "bookshop-dev" },
    ];
    for (const given of [byServer, byName]) {
      for (const permitted of [byServer, byName]) {
        expect(findings({ destinations: [permitted] }, [], application({ destination: given }))).toEqual([]);
      }
      expect(
        findings({ destinations: [byServer, { name: "!in-*", namespace: "*" }] }, [], application({ destination: given })),
      ).toHaveLength(1);
    }
  });

  test("judges the namespace of an object, once for each unit", () => {
    const stray = (kind: string, owner = checkout): Manifest => manifest({ kind, metadata: { namespace: "warehouse-dev" } }, owner);
    const found = (kind: string): string =>
      `${kind} warehouse-dev/catalogue belongs to '${devServer}', namespace 'warehouse-dev', which AppProject argocd/bookshop-dev does not permit\nhint: add it to destinations of the project; it permits '${devServer}', namespace 'bookshop-dev'`;
    expect(findings({}, [stray("Service"), stray("ConfigMap")])).toEqual([found("Service")]);
    expect(findings({}, [stray("Service"), stray("ConfigMap", deployment().owner)])).toEqual([found("Service"), found("ConfigMap")]);
    expect(findings({ destinations: [{ server: devServer, namespace: "{bookshop,warehouse}-dev" }] }, [stray("Service")])).toEqual([]);
    // the Application's own destination is the one cause
    expect(findings({ destinations: [] }, [stray("Service")])).toEqual([noDestination("none")]);
  });

  test("takes an object without a namespace to the Application's", () => {
    expect(findings({}, [manifest({ kind: "Service", metadata: { namespace: undefined } })])).toEqual([]);
  });

  test.each([
    [[{ group: "", kind: "Namespace" }], []],
    [[{ group: "", kind: "Namespace", name: "" }], []],
    [[{ group: "*", kind: "*" }], []],
    [[{ group: "", kind: "Namespace", name: "bookshop-*" }], []],
    [[], [noNamespace]],
    [undefined, [noNamespace]],
    [[{ group: "", kind: "Namespace", name: "bookshop-staging" }], [noNamespace]],
    [[{ group: "apps", kind: "Namespace" }], [noNamespace]],
    [[{ group: "", kind: "Node" }], [noNamespace]],
  ])("judges an object of the cluster by %j", (clusterResourceWhitelist, found) => {
    expect(findings({ clusterResourceWhitelist })).toEqual(found);
  });

  test("lets a forbidden object of the cluster win over a permitted one", () => {
    expect(findings({ clusterResourceBlacklist: [{ group: "", kind: "Namespace", name: "bookshop-*" }] })).toEqual([noNamespace]);
    expect(findings({ clusterResourceBlacklist: [{ group: "", kind: "Namespace", name: "warehouse-*" }] })).toEqual([]);
  });

  test.each([
    [undefined, []],
    [[{ group: "apps", kind: "Deploy*" }], []],
    [[{ group: "*", kind: "*" }], []],
    [[], [noDeployment]],
    [[{ group: "", kind: "Deployment" }], [noDeployment]],
    [[{ group: "apps", kind: "StatefulSet" }], [noDeployment]],
  ])("judges a namespaced kind by %j", (namespaceResourceWhitelist, found) => {
    expect(findings({ namespaceResourceWhitelist })).toEqual(found);
  });

  test("lets a forbidden kind win over a permitted one, and names it once for each unit", () => {
    const two = [deployment(), deployment({}, { name: "search" })];
    expect(findings({ namespaceResourceBlacklist: [{ group: "apps", kind: "*" }] }, two)).toEqual([noDeployment]);
    const elsewhere = { ...deployment({}, { name: "checkout" }), owner: checkout };
    expect(findings({ namespaceResourceWhitelist: [] }, [...two, elsewhere])).toEqual([
      noDeployment,
      noDeployment.replace("bookshop-dev/catalogue", "bookshop-dev/checkout"),
    ]);
  });

  test("judges the Namespace that an Application makes, unless the Namespace itself was named", () => {
    const app = application({
      source: { repoURL: repositoryUrl, path: "dist/dev/dev-eu/bookshop/catalogue" },
      syncPolicy: { syncOptions: ["CreateNamespace=true"] },
    });
    const made =
      "Application argocd/bookshop-dev makes Namespace 'bookshop-dev' (CreateNamespace=true), which AppProject argocd/bookshop-dev does not permit\nhint: add { group: '', kind: 'Namespace', name: 'bookshop-dev' } to clusterResourceWhitelist of the project";
    expect(findings({}, [], app)).toEqual([]);
    expect(findings({ clusterResourceWhitelist: [] }, [], app)).toEqual([made]);
    const whole = application({ syncPolicy: { syncOptions: ["CreateNamespace=true"] } });
    expect(findings({ clusterResourceWhitelist: [] }, [], whole)).toEqual([noNamespace]);
  });

  test("judges what roots deliver", () => {
    const destination = { server: inCluster, namespace: "argocd" };
    const root = application(
      { project: "root", source: { repoURL: repositoryUrl, path: "dist/argocd/central" }, destination },
      { name: "root" },
      bootstrap,
    );
    const rootProject = (kinds: object): Manifest =>
      project({ destinations: [destination], namespaceResourceWhitelist: kinds }, { name: "root" }, bootstrap);
    const watched = project({}, {}, rootDelivery);
    expect(reported(projectPermits, [root, rootProject(deliveryKinds), watched], world)).toEqual([]);
    expect(reported(projectPermits, [root, rootProject(namespacedKinds), watched], world)).toEqual([
      "AppProject argocd/bookshop-dev is of kind 'argoproj.io/AppProject', which AppProject argocd/root does not permit\nhint: render another kind, or add it to the catalogue of namespaced kinds, from which every project takes them",
    ]);
  });

  test("takes a project of another control plane for another project", () => {
    const other = { ...project({ sourceRepos: [] }), owner: { scope: "control-plane", controlPlane: "other" } as const };
    expect(reported(projectPermits, [project(), other, application(), deployment()], world)).toEqual([]);
  });

  test("survives a project and an Application without a spec", () => {
    expect(
      reported(projectPermits, [{ ...project(), document: { ...project().document, spec: undefined } }, application()], world),
    ).toHaveLength(3);
    expect(reported(projectPermits, [project(), application({ destination: undefined })], world)).toHaveLength(1);
  });
});
