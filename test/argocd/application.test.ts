import { describe, expect, test } from "@jest/globals";
import { Application, applicationSpec, type ApplicationProps } from "../../lib/argocd/application.ts";
import { CompareOption } from "../../lib/argocd/compare-option.ts";
import { SyncOption } from "../../lib/argocd/sync-option.ts";
import { SyncMode } from "../../lib/definition/environment-policy.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";

const props: ApplicationProps = {
  name: "bookshop-catalogue-dev",
  project: "bookshop-dev",
  source: { repoURL: "https://github.com/bookshop/gitops.git", targetRevision: "main", path: "dist/dev/main/bookshop/catalogue" },
  destination: { server: "https://kubernetes.default.svc", namespace: "bookshop-dev" },
  syncPolicy: { mode: SyncMode.automated({ prune: true, selfHeal: true }) },
  argocdVersion: "3.5.3",
};
const pathsKey = "argocd.argoproj.io/manifest-generate-paths";
const retry = { limit: 5, refresh: true, backoff: { duration: "5s", factor: 2, maxDuration: "3m" } };

function render(change: Partial<ApplicationProps> = {}) {
  return renderOne((scope) => new Application(scope, "catalogue", { ...props, ...change }));
}

describe("Application", () => {
  test("needs no more than names, places and a mode", () => {
    expect(render()).toStrictEqual({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Application",
      metadata: { name: "bookshop-catalogue-dev", namespace: "argocd", annotations: { [pathsKey]: "." } },
      spec: {
        project: "bookshop-dev",
        source: props.source,
        destination: props.destination,
        syncPolicy: { automated: { prune: true, selfHeal: true, allowEmpty: false }, retry, syncOptions: ["CreateNamespace=true"] },
      },
    });
  });

  test("every prop reaches the manifest", () => {
    const every: Required<ApplicationProps> = {
      name: "bookshop-checkout-production",
      namespace: "gitops",
      labels: { "app.kubernetes.io/part-of": "bookshop" },
      annotations: { "bookshop.example/owner": "till-team" },
      project: "bookshop-production",
      source: { repoURL: "https://git.bookshop.example/gitops.git", targetRevision: "release", path: "dist", directory: { recurse: true } },
      destination: { name: "eu", namespace: "bookshop-production" },
      syncPolicy: { mode: SyncMode.manual(), syncOptions: [SyncOption.serverSideApply()] },
      createNamespace: false,
      ignoreDifferences: [{ group: "apps", kind: "Deployment", name: "checkout", namespace: "bookshop", jsonPointers: ["/spec/replicas"] }],
      respectIgnoreDifferences: true,
      revisionHistoryLimit: 0,
      info: [{ name: "Runbook", value: "https://bookshop.example/runbook" }],
      compareOptions: [CompareOption.serverSideDiff()],
      manifestGeneratePaths: [".", "/shared"],
      cascade: true,
      argocdVersion: "3.5.3",
    };
    expect(render(every)).toStrictEqual({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Application",
      metadata: {
        name: "bookshop-checkout-production",
        namespace: "gitops",
        labels: { "app.kubernetes.io/part-of": "bookshop" },
        annotations: {
          "argocd.argoproj.io/compare-options": "ServerSideDiff=true",
          [pathsKey]: ".;/shared",
          "bookshop.example/owner": "till-team",
        },
        finalizers: ["resources-finalizer.argocd.argoproj.io"],
      },
      spec: {
        project: "bookshop-production",
        source: every.source,
        destination: { name: "eu", namespace: "bookshop-production" },
        syncPolicy: { retry, syncOptions: ["RespectIgnoreDifferences=true", "ServerSideApply=true"] },
        ignoreDifferences: every.ignoreDifferences,
        revisionHistoryLimit: 0,
        info: every.info,
      },
    });
  });

  test("respects ignored differences when syncing, unless told otherwise", () => {
    const ignoreDifferences = [{ kind: "Service", managedFieldsManagers: ["mesh"] }];
    expect(render({ ignoreDifferences })).toHaveProperty("spec.syncPolicy.syncOptions", [
      "CreateNamespace=true",
      "RespectIgnoreDifferences=true",
    ]);
    expect(render({ ignoreDifferences, respectIgnoreDifferences: false })).toHaveProperty("spec.syncPolicy.syncOptions", [
      "CreateNamespace=true",
    ]);
  });

  test("does not respect ignored differences where there are none", () => {
    expect(render({ respectIgnoreDifferences: true })).toHaveProperty("spec.syncPolicy.syncOptions", ["CreateNamespace=true"]);
  });

  test("is refreshed by every commit when it has no paths", () => {
    expect(render({ manifestGeneratePaths: [] }).metadata).toStrictEqual({ name: "bookshop-catalogue-dev", namespace: "argocd" });
  });

  test("passes the targeted version on", () => {
    const syncPolicy = { mode: SyncMode.manual(), retry: { refresh: true } };
    expect(caught(() => render({ syncPolicy, argocdVersion: "3.1.0" }))).toMatch(/^'spec\.syncPolicy\.retry\.refresh' needs Argo CD 3\.2/);
  });

  test("fails when a rule ignores nothing", () => {
    expect(caught(() => render({ ignoreDifferences: [{ kind: "Deployment", jsonPointers: [] }] }))).toBe(
      "the rule of ignoreDifferences for 'Deployment' ignores nothing\nhint: give jsonPointers, jqPathExpressions or managedFieldsManagers",
    );
  });

  test("fails when createNamespace is said a second time", () => {
    const syncPolicy = { mode: SyncMode.manual(), syncOptions: [SyncOption.createNamespace()] };
    expect(caught(() => render({ syncPolicy }))).toBe(
      "the sync option 'CreateNamespace' is given twice\nhint: keep one of them, got 'CreateNamespace=true', 'CreateNamespace=true'",
    );
  });

  test.each([-1, 2.5])("fails on a history of %p", (revisionHistoryLimit) => {
    expect(caught(() => render({ revisionHistoryLimit }))).toBe(
      `the revision history limit is not a whole number of at least 0, got '${revisionHistoryLimit}'`,
    );
  });
});

describe("applicationSpec", () => {
  test("is the very spec that the construct renders", () => {
    expect(applicationSpec(props)).toEqual(render().spec);
  });
});
