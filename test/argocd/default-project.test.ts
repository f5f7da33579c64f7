import { describe, expect, test } from "@jest/globals";
import { DefaultProject } from "../../lib/argocd/default-project.ts";
import { renderOne } from "../support/render-construct.ts";

describe("DefaultProject", () => {
  test("permits nothing, and stays", () => {
    expect(renderOne((scope) => new DefaultProject(scope, "project", { argocdVersion: "3.5.3" }))).toStrictEqual({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "AppProject",
      metadata: {
        name: "default",
        namespace: "argocd",
        annotations: { "argocd.argoproj.io/sync-options": "Prune=false,Delete=false" },
      },
      spec: {
        description: "Emptied: every Application names a project of its own",
        sourceRepos: [],
        destinations: [],
        clusterResourceWhitelist: [],
        namespaceResourceWhitelist: [],
        namespaceResourceBlacklist: [{ group: "*", kind: "*" }],
      },
    });
  });

  test("follows Argo CD into another namespace", () => {
    const labels = { "app.kubernetes.io/part-of": "bookshop" };
    const project = renderOne((scope) => new DefaultProject(scope, "project", { namespace: "gitops", labels, argocdVersion: "3.5.3" }));
    expect(project.metadata).toMatchObject({ namespace: "gitops", labels });
  });
});
