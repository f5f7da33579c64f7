import { describe, expect, test } from "@jest/globals";
import type { Manifest, ObjectMetadata } from "../../../lib/manifest/manifest.ts";
import { deliveryKinds, namespacedKinds } from "../../../lib/manifest/namespaced-kinds.ts";
import { projectNeeds } from "../../../lib/validation/rules/project-needs.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { application, bootstrap, devServer, project, repositoryUrl, rootDelivery } from "../../support/delivery.ts";
import { deployment, manifest, reported } from "../../support/manifests.ts";

const world = bookshopWorld();
const own = { server: devServer, namespace: "bookshop-dev" };
const namespace = { group: "", kind: "Namespace", name: "bookshop-dev" };
const unneeded = "hint: take it out; while Argo CD still has to remove what it was for, list it under retiring of the system";
const broad = "hint: name exactly what is needed";
const catalogue =
  "hint: every project takes them from the one catalogue: one that narrows with the last object of a kind leaves that object behind";

function findings(
  spec: object,
  metadata: Partial<ObjectMetadata> = {},
  manifests: readonly Manifest[] = [application(), deployment()],
): string[] {
  return reported(projectNeeds, [project(spec, metadata), ...manifests], world);
}

const permits = (what: string): string =>
  `AppProject argocd/bookshop-dev permits ${what}, which none of its Applications needs\n${unneeded}`;
const permitsMore = (what: string): string =>
  `AppProject argocd/bookshop-dev permits ${what}, which is more than its Applications need\n${broad}`;

describe("project-needs", () => {
  test("lets a project pass that permits exactly what is needed, and says nothing without definitions", () => {
    expect(findings({})).toEqual([]);
    expect(reported(projectNeeds, [project({ sourceRepos: [repositoryUrl, "https://other.example"] }), application()])).toEqual([]);
  });

  test("lets the emptied default pass", () => {
    const emptied = { sourceRepos: [], destinations: [], clusterResourceWhitelist: [], namespaceResourceWhitelist: [] };
    expect(findings(emptied, { name: "default" })).toEqual([]);
  });

  test.each([
    ["https://git.example/warehouse.git", permits("source 'https://git.example/warehouse.git'")],
    ["https://git.example/*", permitsMore("source 'https://git.example/*'")],
    ["https://other.example/*", permits("source 'https://other.example/*'")],
  ])("reports the source %s", (source, finding) => {
    expect(findings({ sourceRepos: [repositoryUrl, source] })).toEqual([finding]);
  });

  test("takes every source of an Application for needed", () => {
    const app = application({ sources: [{ repoURL: repositoryUrl }, { repoURL: "https://charts.example" }] });
    expect(findings({ sourceRepos: [repositoryUrl, "https://charts.example"] }, {}, [app])).toEqual([]);
  });

  test.each([
    [{ server: devServer, namespace: "kube-system" }, permits(`destination '${devServer}', namespace 'kube-system'`)],
    [{ server: "https://us.example", namespace: "bookshop-dev" }, permits("destination 'https://us.example', namespace 'bookshop-dev'")],
    [{ server: devServer, namespace: "bookshop-*" }, permitsMore(`destination '${devServer}', namespace 'bookshop-*'`)],
    [{ server: "*", namespace: "bookshop-dev" }, permitsMore("destination '*', namespace 'bookshop-dev'")],
  ])("reports the destination %j", (destination, finding) => {
    expect(findings({ destinations: [own, destination] })).toEqual([finding]);
  });

  test("takes the namespace of an object for needed", () => {
    const elsewhere = manifest({ kind: "Service", metadata: { namespace: "bookshop-jobs" } });
    expect(findings({ destinations: [own, { ...own, namespace: "bookshop-jobs" }] }, {}, [application(), elsewhere])).toEqual([]);
  });

  test("leaves entries that forbid alone", () => {
    const destinations = [
      own,
      { server: "!https://us.example", namespace: "*" },
      { ...own, namespace: "!kube-*" },
      { name: "!us", namespace: "*" },
    ];
    expect(findings({ sourceRepos: [repositoryUrl, "!https://other.example"], destinations })).toEqual([]);
  });

  test.each([
    [{ group: "", kind: "Namespace", name: "bookshop-qa" }, permits("'Namespace' 'bookshop-qa' of the cluster")],
    [{ group: "rbac.authorization.k8s.io", kind: "ClusterRole" }, permits("every 'rbac.authorization.k8s.io/ClusterRole' of the cluster")],
    [{ group: "", kind: "Namespace" }, permitsMore("every 'Namespace' of the cluster")],
    [{ group: "", kind: "Namespace", name: "" }, permitsMore("every 'Namespace' of the cluster")],
    [{ group: "", kind: "Namespace", name: "bookshop-*" }, permitsMore("'Namespace' 'bookshop-*' of the cluster")],
    [{ group: "*", kind: "*", name: "bookshop-dev" }, permitsMore("'*/*' 'bookshop-dev' of the cluster")],
  ])("reports the cluster-scoped %j", (resource, finding) => {
    expect(findings({ clusterResourceWhitelist: [namespace, resource] })).toEqual([finding]);
  });

  test("takes a Namespace that an Application makes for needed", () => {
    const source = { repoURL: repositoryUrl, path: "dist/dev/dev-eu/bookshop/catalogue" };
    const app = application({ source, syncPolicy: { syncOptions: ["CreateNamespace=true"] } });
    expect(findings({}, {}, [app])).toEqual([]);
    expect(findings({}, {}, [application({ source })])).toEqual([permits("'Namespace' 'bookshop-dev' of the cluster")]);
  });

  test("lets what retires pass, and reports it where it is still needed", () => {
    const role = { group: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "reader" };
    const left = { server: "https://us.example", namespace: "bookshop-dev" };
    const spec = { clusterResourceWhitelist: [namespace, role], destinations: [own, left] };
    const retiring = (text: string): Partial<ObjectMetadata> => ({ annotations: { "keelson.dev/retiring": text } });
    expect(findings(spec, retiring("https://us.example bookshop-dev, rbac.authorization.k8s.io/ClusterRole reader"))).toEqual([]);
    expect(findings(spec, retiring("https://us.example bookshop-dev"))).toEqual([
      permits("'rbac.authorization.k8s.io/ClusterRole' 'reader' of the cluster"),
    ]);
    expect(findings({}, retiring("Namespace bookshop-dev"))).toEqual([
      "AppProject argocd/bookshop-dev says that 'Namespace' 'bookshop-dev' of the cluster retires, but it is still needed\nhint: take it out of retiring",
    ]);
  });

  test("reports everything of a project without Applications", () => {
    expect(findings({}, {}, [])).toEqual([
      permits(`source '${repositoryUrl}'`),
      permits(`destination '${devServer}', namespace 'bookshop-dev'`),
      permits("'Namespace' 'bookshop-dev' of the cluster"),
    ]);
  });

  test("reports namespaced kinds other than the catalogue's", () => {
    expect(findings({ namespaceResourceWhitelist: undefined })).toEqual([
      "AppProject argocd/bookshop-dev permits every namespaced kind: it has no namespaceResourceWhitelist\nhint: give it the catalogue of namespaced kinds",
    ]);
    expect(findings({ namespaceResourceWhitelist: [...namespacedKinds, { group: "", kind: "Secret" }] })).toEqual([
      `AppProject argocd/bookshop-dev permits namespaced kinds that are not in the catalogue: 'Secret'\n${catalogue}`,
    ]);
    expect(findings({ namespaceResourceWhitelist: namespacedKinds.filter(({ kind }) => !kind.startsWith("Stateful")) })).toEqual([
      `AppProject argocd/bookshop-dev lacks namespaced kinds of the catalogue: 'apps/StatefulSet'\n${catalogue}`,
    ]);
  });

  test("gives the roots' project a catalogue of its own", () => {
    const destination = { server: "https://kubernetes.default.svc", namespace: "argocd" };
    const root = application(
      { project: "root", source: { repoURL: repositoryUrl, path: "dist/argocd/central" }, destination },
      { name: "root" },
      bootstrap,
    );
    const rootProject = (kinds: readonly object[]): Manifest =>
      project(
        { destinations: [destination], clusterResourceWhitelist: [], namespaceResourceWhitelist: kinds },
        { name: "root" },
        bootstrap,
      );
    const watched = project({ sourceRepos: [] }, {}, rootDelivery);
    expect(reported(projectNeeds, [root, rootProject(deliveryKinds), watched], world)).toEqual([]);
    expect(reported(projectNeeds, [root, rootProject([...deliveryKinds, { group: "", kind: "Secret" }]), watched], world)).toEqual([
      `AppProject argocd/root permits namespaced kinds that are not in the catalogue: 'Secret'\n${catalogue}`,
    ]);
  });
});
