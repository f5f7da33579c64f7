import { describe, expect, test } from "@jest/globals";
import { AppProject, type AppProjectProps } from "../../lib/argocd/app-project.ts";
import { ProjectPermission } from "../../lib/argocd/project-role.ts";
import { SyncWindow } from "../../lib/definition/sync-window.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";

const inCluster = { server: "https://kubernetes.default.svc", namespace: "bookshop-dev" };
const props: AppProjectProps = {
  name: "bookshop-dev",
  sourceRepos: ["https://github.com/bookshop/gitops.git"],
  destinations: [inCluster],
  clusterResourceWhitelist: [],
  namespaceResourceWhitelist: [],
  argocdVersion: "3.5.3",
};

function render(change: Partial<AppProjectProps> = {}) {
  return renderOne((scope) => new AppProject(scope, "project", { ...props, ...change }));
}

describe("AppProject", () => {
  test("keeps empty lists, and cannot go while Applications use it", () => {
    expect(render()).toStrictEqual({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "AppProject",
      metadata: { name: "bookshop-dev", namespace: "argocd", finalizers: ["resources-finalizer.argocd.argoproj.io"] },
      spec: {
        sourceRepos: props.sourceRepos,
        destinations: [inCluster],
        clusterResourceWhitelist: [],
        namespaceResourceWhitelist: [],
      },
    });
  });

  test("every prop reaches the manifest", () => {
    const office = { schedule: "0 9 * * 1-4", duration: "7h" };
    const every: Required<AppProjectProps> = {
      name: "bookshop-production",
      namespace: "gitops",
      labels: { "app.kubernetes.io/part-of": "bookshop" },
      annotations: { "bookshop.example/owner": "till-team" },
      description: "Bookshop in production",
      sourceRepos: ["https://git.bookshop.example/gitops.git", "!https://git.bookshop.example/drafts.git"],
      destinations: [
        { name: "eu", namespace: "bookshop-production" },
        { name: "us", namespace: "bookshop-production" },
      ],
      clusterResourceWhitelist: [{ group: "", kind: "Namespace", name: "bookshop-production" }],
      namespaceResourceWhitelist: [{ group: "apps", kind: "Deployment" }],
      namespaceResourceBlacklist: [{ group: "", kind: "Secret" }],
      roles: [{ name: "reader", permissions: [ProjectPermission.applications("get")] }],
      syncWindows: [{ window: SyncWindow.allow(office), applications: ["*"] }],
      orphanedResources: { warn: true, ignore: [{ group: "", kind: "ConfigMap", name: "kube-root-ca.crt" }] },
      finalizer: false,
      argocdVersion: "3.5.3",
    };
    expect(render(every)).toStrictEqual({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "AppProject",
      metadata: { name: every.name, namespace: every.namespace, labels: every.labels, annotations: every.annotations },
      spec: {
        description: every.description,
        sourceRepos: every.sourceRepos,
        destinations: every.destinations,
        clusterResourceWhitelist: every.clusterResourceWhitelist,
        namespaceResourceWhitelist: every.namespaceResourceWhitelist,
        namespaceResourceBlacklist: every.namespaceResourceBlacklist,
        roles: [{ name: "reader", policies: ["p, proj:bookshop-production:reader, applications, get, bookshop-production/*, allow"] }],
        syncWindows: [{ kind: "allow", ...office, timeZone: "UTC", manualSync: true, applications: ["*"] }],
        orphanedResources: every.orphanedResources,
      },
    });
  });

  test("fails when the targeted version does not know names of cluster resources", () => {
    const named = { clusterResourceWhitelist: [{ group: "", kind: "Namespace", name: "bookshop-dev" }] };
    expect(() => render({ ...named, argocdVersion: "3.3.0" })).not.toThrow();
    expect(caught(() => render({ ...named, argocdVersion: "3.2.9" }))).toBe(
      "'spec.clusterResourceWhitelist[].name' needs Argo CD 3.3 or later, got '3.2.9'\nhint: leave it out, or raise argocdVersion of the control plane",
    );
  });

  test("may permit a whole cluster kind with an older version", () => {
    expect(render({ clusterResourceWhitelist: [{ group: "", kind: "Namespace" }], argocdVersion: "3.2.9" })).toHaveProperty(
      "spec.clusterResourceWhitelist",
      [{ group: "", kind: "Namespace" }],
    );
  });

  test.each<[string, Partial<AppProjectProps>]>([
    ["source repository", { sourceRepos: ["!*"] }],
    ["destination", { destinations: [{ server: "!*", namespace: "*" }] }],
    ["destination", { destinations: [{ name: "!*", namespace: "*" }] }],
    ["destination", { destinations: [{ name: "eu", namespace: "!*" }] }],
  ])("fails on '!*' as a %s", (what, change) => {
    expect(caught(() => render(change))).toBe(
      `the ${what} '!*' of project 'bookshop-dev' forbids everything, which Argo CD refuses\nhint: give an empty list`,
    );
  });

  test.each<[string, Partial<AppProjectProps>]>([
    ["source repository 'https://git.example/a.git'", { sourceRepos: ["https://git.example/a.git", "https://git.example/a.git"] }],
    ["destination 'https://kubernetes.default.svc/bookshop-dev'", { destinations: [inCluster, { ...inCluster }] }],
    [
      "role 'reader'",
      {
        roles: [
          { name: "reader", permissions: [] },
          { name: "reader", permissions: [ProjectPermission.logs()] },
        ],
      },
    ],
  ])("fails when the %s stands twice", (what, change) => {
    expect(caught(() => render(change))).toBe(`the ${what} of project 'bookshop-dev' is listed twice`);
  });

  test("fails on too long a description", () => {
    expect(render({ description: "x".repeat(255) })).toHaveProperty("spec.description", "x".repeat(255));
    expect(caught(() => render({ description: "x".repeat(256) }))).toBe(
      "the description of project 'bookshop-dev' is longer than 255 bytes, got 256",
    );
  });
});
