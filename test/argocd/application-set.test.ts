import { describe, expect, test } from "@jest/globals";
import { applicationSpec } from "../../lib/argocd/application.ts";
import { ApplicationSet, type ApplicationSetProps } from "../../lib/argocd/application-set.ts";
import { Generator } from "../../lib/argocd/generator.ts";
import { SyncOption } from "../../lib/argocd/sync-option.ts";
import { SyncMode } from "../../lib/definition/environment-policy.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";

const template: ApplicationSetProps["template"] = {
  name: "bookshop-{{ .environment }}",
  project: "bookshop-{{ .environment }}",
  source: { repoURL: "https://github.com/bookshop/gitops.git", targetRevision: "main", path: "dist/{{ .environment }}/main/bookshop" },
  destination: { server: "https://kubernetes.default.svc", namespace: "bookshop-{{ .environment }}" },
  syncPolicy: { mode: SyncMode.manual() },
};
const props: ApplicationSetProps = {
  name: "bookshop",
  generators: [Generator.list([{ environment: "dev" }])],
  template,
  argocdVersion: "3.5.3",
};
const protection = { "argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm" };

function render(change: Partial<ApplicationSetProps> = {}) {
  return renderOne((scope) => new ApplicationSet(scope, "set", { ...props, ...change }));
}

describe("ApplicationSet", () => {
  test("never deletes an Application, and fails on a missing parameter", () => {
    expect(render()).toStrictEqual({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "ApplicationSet",
      metadata: { name: "bookshop", namespace: "argocd", annotations: protection },
      spec: {
        goTemplate: true,
        goTemplateOptions: ["missingkey=error"],
        generators: [{ list: { elements: [{ environment: "dev" }] } }],
        template: {
          metadata: { name: "bookshop-{{ .environment }}", annotations: { "argocd.argoproj.io/manifest-generate-paths": "." } },
          spec: {
            project: template.project,
            source: template.source,
            destination: template.destination,
            syncPolicy: {
              retry: { limit: 5, refresh: true, backoff: { duration: "5s", factor: 2, maxDuration: "3m" } },
              syncOptions: ["CreateNamespace=true"],
            },
          },
        },
        syncPolicy: { applicationsSync: "create-update", preserveResourcesOnDeletion: true },
      },
    });
  });

  test("every prop reaches the manifest", () => {
    const every: Required<ApplicationSetProps> = {
      name: "bookshop-previews",
      namespace: "gitops",
      labels: { "app.kubernetes.io/part-of": "bookshop" },
      annotations: { "bookshop.example/owner": "till-team" },
      generators: [Generator.clusters(), Generator.list([{ environment: "dev" }])],
      template: { ...template, labels: { "keelson.dev/environment": "{{ .environment }}" } },
      templatePatch: "spec:\n  revisionHistoryLimit: 3\n",
      rollingSync: [{ matchExpressions: [{ key: "keelson.dev/environment", operator: "In", values: ["dev"] }] }],
      argocdVersion: "3.5.3",
    };
    const set = render(every);
    expect(set.metadata).toEqual({
      name: "bookshop-previews",
      namespace: "gitops",
      labels: every.labels,
      annotations: { ...every.annotations, ...protection },
    });
    expect(set).toHaveProperty("spec.generators", [{ clusters: {} }, { list: { elements: [{ environment: "dev" }] } }]);
    expect(set).toHaveProperty("spec.template.metadata.labels", { "keelson.dev/environment": "{{ .environment }}" });
    expect(set).toHaveProperty("spec.templatePatch", every.templatePatch);
    expect(set).toHaveProperty("spec.strategy", { type: "RollingSync", rollingSync: { steps: every.rollingSync } });
  });

  test("its template leaves out what it has nothing of", () => {
    expect(render({ template: { ...template, manifestGeneratePaths: [] } })).toHaveProperty("spec.template.metadata", {
      name: template.name,
    });
  });

  test("its template is what an Application of the same props would be", () => {
    expect(render()).toHaveProperty("spec.template.spec", applicationSpec({ ...template, argocdVersion: "3.5.3" }));
  });

  test("fails when the targeted version does not know a field of the template", () => {
    const syncPolicy = { mode: SyncMode.manual(), syncOptions: [SyncOption.delete("confirm")] };
    expect(caught(() => render({ template: { ...template, syncPolicy }, argocdVersion: "3.3.1" }))).toBe(
      "'spec.syncPolicy.syncOptions: Delete' needs Argo CD 3.4 or later, got '3.3.1'\nhint: leave it out, or raise argocdVersion of the control plane",
    );
  });
});
