import { describe, expect, test } from "@jest/globals";
import { ApiError } from "../../lib/cluster/api-error.ts";
import { UserError } from "../../lib/errors/user-error.ts";
import { GitRepository } from "../../lib/git/git-repository.ts";
import type { ClusterCheck } from "../../lib/preflight/check.ts";
import { checks } from "../../lib/preflight/checks.ts";
import { adoption } from "../../lib/preflight/checks/adoption.ts";
import { apiServer } from "../../lib/preflight/checks/api-server.ts";
import { argocdVersion } from "../../lib/preflight/checks/argocd-version.ts";
import { customResources } from "../../lib/preflight/checks/custom-resources.ts";
import { defaultProject } from "../../lib/preflight/checks/default-project.ts";
import { externalSecretsVersion } from "../../lib/preflight/checks/external-secrets-version.ts";
import { firstSync } from "../../lib/preflight/checks/first-sync.ts";
import { helmReleases } from "../../lib/preflight/checks/helm-releases.ts";
import { immutableFields } from "../../lib/preflight/checks/immutable-fields.ts";
import { initialAdminSecret } from "../../lib/preflight/checks/initial-admin-secret.ts";
import { kubernetesVersion } from "../../lib/preflight/checks/kubernetes-version.ts";
import { repositoryCredentials } from "../../lib/preflight/checks/repository-credentials.ts";
import { rollbackRehearsed } from "../../lib/preflight/checks/rollback-rehearsed.ts";
import { rootApplication } from "../../lib/preflight/checks/root-application.ts";
import { runChecks } from "../../lib/preflight/run-checks.ts";
import { label } from "../../lib/manifest/labels.ts";
import type { Manifest } from "../../lib/manifest/manifest.ts";
import { FakeCluster } from "../support/fake-cluster.ts";
import { liveObject } from "../support/live-object.ts";
import { manifest, unitOf } from "../support/manifests.ts";
import { TemporaryClone } from "../support/temporary-clone.ts";
import { definitionsOf, found, projectFacts } from "./preflight-world.ts";

/** A unit on the cluster that runs Argo CD. */
const catalogue = unitOf("catalogue", { cluster: "eu" });
const inShop = { metadata: { namespace: "bookshop-dev" } };

const rootManifest: Manifest = {
  owner: { scope: "bootstrap", controlPlane: "central" },
  document: { apiVersion: "argoproj.io/v1alpha1", kind: "Application", metadata: { name: "root", namespace: "argocd" } },
  source: undefined,
};

function application(name: string, fields: { readonly environment?: string; readonly spec?: object; readonly status?: object } = {}) {
  const { environment, spec = {}, status = {} } = fields;
  const labels = environment !== undefined && { [label.environment]: environment };
  return liveObject("Application", name, { ...(labels && { labels }), spec, status });
}

test("api-server fails where nobody answers", async () => {
  expect(await found(apiServer)).toEqual({ result: "pass", detail: "https://cluster.test:6443 (context 'test') runs v1.36.3" });
  const silent = new FakeCluster();
  silent.version = () => Promise.reject(new UserError("'test' does not answer"));
  expect(await found(apiServer, { cluster: silent })).toEqual({ result: "fail", detail: "'test' does not answer" });
  silent.version = () => Promise.reject(new ApiError("it answered 503: starting"));
  expect(await found(apiServer, { cluster: silent })).toEqual({ result: "fail", detail: "it answered 503: starting" });
});

test.each([
  ["v1.36.3", "3.5.3", "pass"],
  ["v1.33.0-gke.100", "3.5.3", "pass"],
  ["v1.32.9", "3.5.3", "fail"],
  ["v1.37.0", "3.5.3", "fail"],
  ["v1.32.9", "3.4.7", "pass"],
  ["v1.36.0", "3.6.0", "unknown"],
] as const)("kubernetes-version: %s with Argo CD %s: %s", async (version, targeted, result) => {
  const cluster = new FakeCluster();
  cluster.version = () => Promise.resolve(version);
  const facts = { controlPlane: { ...projectFacts().controlPlane, argocdVersion: targeted } };
  expect((await found(kubernetesVersion, { cluster, facts })).result).toBe(result);
});

describe("argocd-version", () => {
  const component = (kind: string, name: string, image: string) =>
    liveObject(kind, name, {
      apiVersion: "apps/v1",
      metadata: { labels: { "app.kubernetes.io/part-of": "argocd" } },
      spec: { template: { spec: { containers: [{ image }] } } },
    });

  test("passes where every component is the targeted version, whatever Redis is", async () => {
    const objects = [
      component("Deployment", "argocd-server", "quay.io/argoproj/argocd:v3.5.3"),
      component("StatefulSet", "argocd-application-controller", "mirror.test/argoproj/argocd:v3.5.3@sha256:00"),
      component("Deployment", "argocd-redis", "redis:8.2.3-alpine"),
    ];
    expect(await found(argocdVersion, { objects })).toEqual({ result: "pass", detail: "Argo CD 3.5.3" });
  });

  test("fails where one component is another version", async () => {
    const objects = [
      component("Deployment", "argocd-server", "quay.io/argoproj/argocd:v3.5.3"),
      component("Deployment", "argocd-repo-server", "quay.io/argoproj/argocd:v3.4.7"),
    ];
    expect(await found(argocdVersion, { objects })).toMatchObject({
      result: "fail",
      detail: "Argo CD 3.4.7, 3.5.3 is installed, and 3.5.3 is targeted",
      findings: ["3.4.7: argocd-repo-server", "3.5.3: argocd-server"],
    });
  });

  test("does not know where no image tells", async () => {
    expect((await found(argocdVersion)).result).toBe("unknown");
  });
});

describe("custom-resources", () => {
  const definition = (group: string, kind: string, versions: Readonly<Record<string, boolean>>) =>
    liveObject("CustomResourceDefinition", `${kind.toLowerCase()}s.${group}`, {
      apiVersion: "apiextensions.k8s.io/v1",
      metadata: { namespace: undefined },
      spec: { group, names: { kind }, versions: Object.entries(versions).map(([name, served]) => ({ name, served })) },
    });
  const manifests = [
    manifest({ apiVersion: "external-secrets.io/v1", kind: "ExternalSecret" }, catalogue),
    manifest({ apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute" }, catalogue),
    manifest({ apiVersion: "networking.k8s.io/v1", kind: "Ingress" }, catalogue),
    manifest({ apiVersion: "apps/v1", kind: "Deployment" }, catalogue),
    manifest({ apiVersion: "monitoring.coreos.com/v1", kind: "PodMonitor" }, unitOf("catalogue", { cluster: "us" })),
  ];

  test("passes where each is served in the rendered version; another cluster's do not count", async () => {
    const objects = [
      definition("external-secrets.io", "ExternalSecret", { v1beta1: false, v1: true }),
      definition("gateway.networking.k8s.io", "HTTPRoute", { v1: true }),
    ];
    expect(await found(customResources, { manifests, objects })).toEqual({
      result: "pass",
      detail: "2 custom kinds are rendered, and all are served",
    });
  });

  test("fails where one is missing or served in other versions only", async () => {
    const objects = [definition("external-secrets.io", "ExternalSecret", { v1beta1: true, v1: false })];
    expect(await found(customResources, { manifests, objects })).toMatchObject({
      result: "fail",
      findings: [
        "external-secrets.io/v1 ExternalSecret: the cluster serves v1beta1",
        "gateway.networking.k8s.io/v1 HTTPRoute: there is no such kind",
      ],
    });
  });
});

test.each([
  ["ghcr.io/external-secrets/external-secrets:v1.3.2", "pass"],
  ["ghcr.io/external-secrets/external-secrets:v2.0.0", "fail"],
  ["ghcr.io/external-secrets/external-secrets@sha256:00", "unknown"],
])("external-secrets-version with %s: %s", async (image, result) => {
  const operator = liveObject("Deployment", "external-secrets", {
    apiVersion: "apps/v1",
    metadata: { namespace: "external-secrets", labels: { "app.kubernetes.io/name": "external-secrets" } },
    spec: { template: { spec: { containers: [{ image }] } } },
  });
  expect((await found(externalSecretsVersion, { objects: [operator] })).result).toBe(result);
});

describe("repository-credentials", () => {
  const secret = (type: string, url: string) =>
    liveObject("Secret", "gitops", {
      metadata: { labels: { "argocd.argoproj.io/secret-type": type } },
      data: { url: btoa(url), password: btoa("never read") },
    });
  const facts = { definitions: definitionsOf({ url: "https://git.paperback.test/books/gitops.git" }) };

  test.each([
    ["repository", "https://git.paperback.test/books/gitops.git", "pass"],
    ["repository", "https://GIT.paperback.test/books/gitops", "pass"],
    ["repo-creds", "https://git.paperback.test/books", "pass"],
    ["repository", "https://git.paperback.test/books", "fail"],
    ["repo-creds", "https://git.other.test", "fail"],
    ["repo-creds", "", "fail"],
    ["cluster", "https://git.paperback.test/books/gitops.git", "fail"],
  ])("a %s for '%s': %s", async (type, url, result) => {
    const answer = await found(repositoryCredentials, { facts, objects: [secret(type, url)] });
    expect(answer.result).toBe(result);
    expect(JSON.stringify(answer)).not.toContain("never read");
  });
});

test("repository-credentials are not missed where the root reads without", async () => {
  const root = application("root", { status: { sync: { status: "Synced", revision: "c1" } } });
  expect(await found(repositoryCredentials, { manifests: [rootManifest], objects: [root] })).toMatchObject({ result: "pass" });
  expect((await found(repositoryCredentials, { manifests: [rootManifest], objects: [application("root")] })).result).toBe("fail");
});

describe("root-application", () => {
  const facts = { definitions: definitionsOf({ url: "https://git.paperback.test/gitops.git" }) };
  const source = { source: { repoURL: "https://git.paperback.test/gitops.git" } };
  const revision = "0123456789abcdef";

  test.each([
    ["is Synced", { spec: source, status: { sync: { status: "Synced", revision } } }, "pass", "'root' is Synced at 0123456789"],
    ["is OutOfSync", { spec: source, status: { sync: { status: "OutOfSync", revision } } }, "fail", "'root' is OutOfSync"],
    ["compared nothing", { spec: source, status: {} }, "fail", "'root' has compared no revision yet"],
    [
      "reads another repository",
      { spec: { source: { repoURL: "https://git.other.test/x" } }, status: {} },
      "fail",
      "'root' reads https://git.other.test/x, not https://git.paperback.test/gitops.git",
    ],
    [
      "cannot read",
      {
        spec: source,
        status: { sync: { status: "Unknown", revision }, conditions: [{ type: "ComparisonError", message: "authentication required" }] },
      },
      "fail",
      "'root' has errors",
    ],
  ])("a root that %s", async (_, fields, result, detail) => {
    expect(await found(rootApplication, { facts, manifests: [rootManifest], objects: [application("root", fields)] })).toMatchObject({
      result,
      detail,
    });
  });

  test("no root", async () => {
    expect(await found(rootApplication, { facts, manifests: [rootManifest] })).toMatchObject({
      result: "fail",
      fix: "apply it: kubectl apply -f generated/yaml/bootstrap/central",
    });
  });
});

test("initial-admin-secret fails while it is there", async () => {
  expect((await found(initialAdminSecret)).result).toBe("pass");
  expect((await found(initialAdminSecret, { objects: [liveObject("Secret", "argocd-initial-admin-secret")] })).result).toBe("fail");
});

/** An Application of the control plane as it is rendered. */
function rendered(name: string, fields: { readonly environment?: string; readonly spec?: object; readonly set?: string } = {}): Manifest {
  const { environment = "dev", spec = {}, set } = fields;
  const metadata = { name, namespace: "argocd", labels: { [label.environment]: environment } };
  const scope = { controlPlane: "central", environment };
  return manifest(
    { apiVersion: "argoproj.io/v1alpha1", kind: "Application", metadata, spec: { project: "bookshop", ...spec } },
    set === undefined ? { scope: "delivery", group: environment, ...scope } : { scope: "expanded", applicationSet: set, ...scope },
  );
}

const automated = { syncPolicy: { automated: {} } };
const rootProject = manifest(
  { apiVersion: "argoproj.io/v1alpha1", kind: "AppProject", metadata: { name: "root", namespace: "argocd" } },
  { scope: "bootstrap", controlPlane: "central" },
);

describe("first-sync", () => {
  const synced = (name: string) => application(name, { status: { history: [{ id: 0, revision: "c1" }] } });
  const manifests = [
    rootProject,
    rendered("root-production", { environment: "production", spec: { project: "root", ...automated } }),
    rendered("bookshop-namespace-dev", { spec: { source: { path: "yaml/dev/eu/bookshop/namespace" }, ...automated } }),
    rendered("log-shipper-production", { environment: "production", spec: automated }),
    rendered("catalogue-production", { environment: "production" }),
    rendered("catalogue-dev", { spec: automated }),
  ];
  const objects = [synced("root-production"), synced("bookshop-namespace-dev"), synced("log-shipper-production")];

  test("wants one that somebody synced where that is for somebody to do; what comes by itself says nothing", async () => {
    expect(await found(firstSync, { manifests, objects })).toEqual({
      result: "fail",
      detail: "nothing was synced in dev, production",
      fix: "sync one Application there: argocd app sync catalogue-dev, or argocd app sync catalogue-production",
    });
    const all = [...objects, synced("catalogue-dev"), synced("catalogue-production")];
    expect(await found(firstSync, { manifests, objects: all })).toEqual({ result: "pass", detail: "in dev, production" });
  });

  test("counts what an ApplicationSet makes", async () => {
    const made = [rendered("recommendations-dev", { set: "recommendations" })];
    expect((await found(firstSync, { manifests: made })).result).toBe("fail");
    expect((await found(firstSync, { manifests: made, objects: [synced("recommendations-dev")] })).result).toBe("pass");
  });

  test("is nothing to ask where nothing is delivered", async () => {
    expect((await found(firstSync)).result).toBe("skipped");
  });
});

test("rollback-rehearsed wants the same files again after others", async () => {
  const git = new TemporaryClone();
  const [old, changed, elsewhere, reverted] = [
    git.commit({ "dist/shop/a.yaml": "image: v1\n" }),
    git.commit({ "dist/shop/a.yaml": "image: v2\n" }),
    git.commit({ "README.md": "books\n" }),
    git.commit({ "dist/shop/a.yaml": "image: v1\n" }),
  ];
  const after = (...revisions: string[]) => afterOf("shop-dev", ...revisions);
  const afterOf = (name: string, ...revisions: string[]) =>
    found(rollbackRehearsed, {
      manifests: [rootProject, rendered("shop-dev"), rendered("root-dev", { spec: { project: "root" } })],
      facts: { clone: GitRepository.open(git.folder) },
      objects: [
        application(name, {
          environment: "dev",
          spec: { source: { path: "dist/shop" } },
          status: { history: revisions.map((revision, id) => ({ id, revision })) },
        }),
      ],
    });
  expect(await after(old, changed, elsewhere, reverted)).toEqual({
    result: "pass",
    detail: "'shop-dev': sync 3 holds the files of sync 0 again",
  });
  expect((await after(old, changed, old)).result).toBe("pass");
  expect((await afterOf("root-dev", old, changed, old)).result).toBe("fail");
  expect((await after(old, changed, elsewhere)).result).toBe("fail");
  expect((await after(changed, elsewhere, changed)).result).toBe("fail");
  expect(await after(old, "f".repeat(40))).toMatchObject({ result: "unknown", fix: "run `git fetch`" });
  git.remove();
});

describe("adoption", () => {
  const objects = (annotations: Readonly<Record<string, string>>) => [
    liveObject("Service", "catalogue", { metadata: { namespace: "bookshop-dev", annotations } }),
  ];
  const manifests = [
    manifest({ kind: "Service" }, catalogue),
    manifest(
      { apiVersion: "argoproj.io/v1alpha1", kind: "Application", metadata: { name: "bookshop-catalogue-dev", namespace: "argocd" } },
      { scope: "delivery", controlPlane: "central", group: "dev", environment: "dev" },
    ),
  ];

  test.each([
    ["what nobody tracks is listed", {}, { result: "pass", findings: ["Service bookshop-dev/catalogue will be adopted"] }],
    [
      "with its Helm release",
      { "meta.helm.sh/release-name": "shop" },
      { result: "pass", findings: ["Service bookshop-dev/catalogue will be adopted (Helm release 'shop')"] },
    ],
    [
      "what its Application tracks is in order",
      { "argocd.argoproj.io/tracking-id": "bookshop-catalogue-dev:/Service:bookshop-dev/catalogue" },
      { result: "pass", findings: [] },
    ],
    [
      "what another Application tracks fails",
      { "argocd.argoproj.io/tracking-id": "old-shop:/Service:bookshop-dev/catalogue" },
      { result: "fail", findings: ["Service bookshop-dev/catalogue belongs to the Application 'old-shop'"] },
    ],
  ])("%s", async (_, annotations, result) => {
    expect(await found(adoption, { manifests, objects: objects(annotations) })).toMatchObject(result);
  });

  const claimedBy = (name: string, destination: object) =>
    application(name, {
      spec: { destination },
      status: { resources: [{ kind: "Service", namespace: "bookshop-dev", name: "catalogue" }] },
    });

  test.each([
    ["old-shop", { server: "https://kubernetes.default.svc" }, "fail"],
    ["old-shop", { name: "in-cluster" }, "fail"],
    ["old-shop", { name: "us" }, "pass"],
    ["bookshop-catalogue-dev", { server: "https://kubernetes.default.svc" }, "pass"],
  ])("what is tracked by label is found among the resources of '%s' in %j: %s", async (name, destination, result) => {
    const answer = await found(adoption, { manifests, objects: [...objects({}), claimedBy(name, destination)] });
    expect(answer).toMatchObject({
      result,
      findings: expect.arrayContaining([
        result === "fail"
          ? "Service bookshop-dev/catalogue belongs to the Application 'old-shop'"
          : "Service bookshop-dev/catalogue will be adopted",
      ]),
    });
  });
});

describe("default-project", () => {
  const objects = [
    application("guest", { spec: { project: "default" } }),
    application("nameless"),
    application("tenant", { spec: { project: "tenants" } }),
    application("catalogue-dev", { spec: { project: "default" } }),
  ];
  const manifests = [rendered("catalogue-dev")];

  test("names whoever would be locked out", async () => {
    expect(await found(defaultProject, { manifests, objects })).toEqual({
      result: "fail",
      detail: "2 Applications are in the project 'default', which will permit nothing",
      findings: ["Application guest", "Application nameless"],
      fix: 'set defaultProject: "untouched" in environments/registry.ts, or move them to a project of their own',
    });
  });

  test("passes where there is nobody", async () => {
    expect((await found(defaultProject, { manifests, objects: objects.slice(2) })).result).toBe("pass");
  });

  test("is skipped where the project is left to others", async () => {
    const facts = { controlPlane: { ...projectFacts().controlPlane, defaultProject: "untouched" as const } };
    expect((await found(defaultProject, { manifests, objects, facts })).result).toBe("skipped");
  });
});

test("helm-releases names each release once, and how to forget it", async () => {
  const revision = (n: number) =>
    liveObject("Secret", `sh.helm.release.v1.shop.v${n}`, {
      metadata: { namespace: "bookshop-dev", labels: { owner: "helm", name: "shop" } },
    });
  const manifests = [manifest({ kind: "Service" }, catalogue)];
  expect(await found(helmReleases, { manifests, objects: [revision(1), revision(2)] })).toMatchObject({
    result: "fail",
    findings: ["bookshop-dev/shop: kubectl -n bookshop-dev delete secret -l owner=helm,name=shop"],
  });
  expect((await found(helmReleases, { manifests })).result).toBe("pass");
});

describe("immutable-fields", () => {
  const apps = { apiVersion: "apps/v1" };
  const selector = { matchLabels: { "app.kubernetes.io/name": "catalogue" } };
  const claims = (storage: string, extra = {}) => [
    { metadata: { name: "books" }, spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage } }, ...extra } },
  ];

  test.each([
    ["an equal selector", { ...apps, kind: "Deployment", spec: { selector } }, { selector, replicas: 3 }, []],
    [
      "another selector",
      { ...apps, kind: "Deployment", spec: { selector } },
      { selector: { matchLabels: { app: "catalogue" } } },
      [
        'Deployment bookshop-dev/catalogue: spec.selector is {"matchLabels":{"app":"catalogue"}}, and Git wants {"matchLabels":{"app.kubernetes.io/name":"catalogue"}}',
      ],
    ],
    [
      "a selector with one label more",
      { ...apps, kind: "Deployment", spec: { selector } },
      { selector: { matchLabels: { ...selector.matchLabels, release: "shop" } } },
      [expect.stringContaining("spec.selector is")],
    ],
    [
      "claims with the server's defaults",
      { ...apps, kind: "StatefulSet", spec: { selector, volumeClaimTemplates: claims("1Gi") } },
      { selector, volumeClaimTemplates: claims("1Gi", { volumeMode: "Filesystem" }) },
      [],
    ],
    [
      "a larger claim",
      { ...apps, kind: "StatefulSet", spec: { selector, volumeClaimTemplates: claims("2Gi") } },
      { selector, volumeClaimTemplates: claims("1Gi") },
      [expect.stringContaining("spec.volumeClaimTemplates is")],
    ],
    [
      "a Job's other template",
      { apiVersion: "batch/v1", kind: "Job", spec: { template: { spec: { containers: [{ image: "b" }] } } } },
      { template: { spec: { containers: [{ image: "a" }] } } },
      [expect.stringContaining("spec.template is")],
    ],
    [
      "a hook's other template",
      {
        apiVersion: "batch/v1",
        kind: "Job",
        metadata: { annotations: { "argocd.argoproj.io/hook": "PreSync" } },
        spec: { template: { a: 1 } },
      },
      { template: { a: 2 } },
      [],
    ],
    [
      "a Service's other Pods",
      { kind: "Service", spec: { selector: { app: "new" } } },
      { selector: { app: "old" }, clusterIP: "10.0.0.1" },
      ['Service bookshop-dev/catalogue: spec.selector is {"app":"old"}, and Git wants {"app":"new"}'],
    ],
    [
      "a headless Service that was none",
      { kind: "Service", spec: { clusterIP: "None" } },
      { clusterIP: "10.0.0.1" },
      ["Service bookshop-dev/catalogue: it has a cluster IP, and Git wants none"],
    ],
  ])("%s", async (_, rendered, spec, findings) => {
    const wanted = manifest(rendered, catalogue);
    const there = liveObject(rendered.kind, "catalogue", { apiVersion: wanted.document.apiVersion, ...inShop, spec });
    const answer = await found(immutableFields, { manifests: [wanted], objects: [there] });
    expect({ result: answer.result, findings: answer.findings ?? [] }).toEqual({
      result: findings.length === 0 ? "pass" : "fail",
      findings,
    });
  });

  test("what is not there yet stands in nobody's way", async () => {
    expect(await found(immutableFields, { manifests: [manifest({ ...apps, kind: "Deployment", spec: { selector } }, catalogue)] })).toEqual(
      {
        result: "pass",
        detail: "0 objects are there already, and can become what Git says",
      },
    );
  });
});

describe("all checks", () => {
  test("have an id of their own", () => {
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  });

  test("are unknown, not failed, where the caller may not read", async () => {
    const denied = ["Secret", "Application", "CustomResourceDefinition", "Deployment", "StatefulSet", "Service"];
    const manifests = [manifest({ kind: "Service" }, catalogue)];
    const asking = checks.filter((check): check is ClusterCheck => check.needs === "cluster");
    const items = await runChecks(asking, projectFacts({ manifests }), new FakeCluster({ denied }));
    expect(items.filter(({ result }) => result === "fail")).toEqual([]);
    expect(items.filter(({ result }) => result === "unknown").map(({ id }) => id)).toEqual([
      "argocd-version",
      "custom-resources",
      "external-secrets-version",
      "immutable-fields",
      "adoption",
      "default-project",
      "helm-releases",
      "repository-credentials",
      "root-application",
      "initial-admin-secret",
      "first-sync",
      "rollback-rehearsed",
    ]);
  });

  test("do not stop where the server answers one of them with an error", async () => {
    const secret = manifest({ apiVersion: "external-secrets.io/v1", kind: "ExternalSecret" }, catalogue);
    const manifests = [manifest({ kind: "Service", spec: { selector: { app: "new" } } }, catalogue), secret];
    const cluster = new FakeCluster({ objects: [liveObject("Service", "catalogue", { ...inShop, spec: { selector: { app: "old" } } })] });
    const list = cluster.list.bind(cluster);
    cluster.list = (kind, options) =>
      ["ExternalSecret", "CustomResourceDefinition"].includes(kind.kind)
        ? Promise.reject(new ApiError("it answered 500: conversion webhook failed"))
        : list(kind, options);
    const [resources, fields, objects] = await runChecks(
      [customResources, immutableFields, adoption],
      projectFacts({ manifests }),
      cluster,
    );
    expect(resources).toMatchObject({ result: "unknown", detail: "it answered 500: conversion webhook failed" });
    expect(fields?.result).toBe("fail");
    expect(objects).toMatchObject({ result: "unknown", detail: expect.stringContaining("external-secrets.io/ExternalSecret") });
  });

  test("see what may be read where the rest is hidden", async () => {
    const service = manifest({ kind: "Service", spec: { selector: { app: "new" } } }, catalogue);
    const manifests = [service, manifest({ apiVersion: "external-secrets.io/v1", kind: "ExternalSecret" }, catalogue)];
    const there = liveObject("Service", "catalogue", { ...inShop, spec: { selector: { app: "old" } } });
    const cluster = new FakeCluster({ objects: [there], denied: ["ExternalSecret"] });
    expect((await found(immutableFields, { manifests, cluster })).result).toBe("fail");
    expect(await found(adoption, { manifests, cluster })).toEqual({
      result: "unknown",
      detail: "could not be listed: external-secrets.io/ExternalSecret; of the rest, 1 will be adopted",
      findings: ["Service bookshop-dev/catalogue will be adopted"],
    });
  });

  test("change nothing", async () => {
    const cluster = new FakeCluster();
    await runChecks(checks, projectFacts({ manifests: [manifest({ kind: "Service" }, catalogue)] }), cluster);
    expect(cluster.asked.filter((asked) => !/^(version|get|list)/.test(asked))).toEqual([]);
  });
});
