import { describe, expect, test } from "@jest/globals";
import { RootProject } from "../../lib/argocd/root-project.ts";
import { defineRepository } from "../../lib/definition/repository.ts";
import { renderOne } from "../support/render-construct.ts";

const repository = defineRepository({ url: "https://github.com/bookshop/gitops.git", branch: "main", output: "dist" });

describe("RootProject", () => {
  test("permits three kinds of argoproj.io, in Argo CD's namespace, from this repository, and no more", () => {
    expect(renderOne((scope) => new RootProject(scope, "project", { repository, argocdVersion: "3.5.3" }))).toStrictEqual({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "AppProject",
      metadata: { name: "root", namespace: "argocd", finalizers: ["resources-finalizer.argocd.argoproj.io"] },
      spec: {
        description: "The roots: what delivers everything else",
        sourceRepos: ["https://github.com/bookshop/gitops.git"],
        destinations: [{ server: "https://kubernetes.default.svc", namespace: "argocd" }],
        clusterResourceWhitelist: [],
        namespaceResourceWhitelist: [
          { group: "argoproj.io", kind: "AppProject" },
          { group: "argoproj.io", kind: "Application" },
          { group: "argoproj.io", kind: "ApplicationSet" },
        ],
      },
    });
  });

  test("follows Argo CD into another namespace", () => {
    const labels = { "app.kubernetes.io/part-of": "bookshop" };
    const project = renderOne(
      (scope) => new RootProject(scope, "project", { name: "roots", repository, namespace: "gitops", labels, argocdVersion: "3.5.3" }),
    );
    expect(project.metadata).toMatchObject({ name: "roots", namespace: "gitops", labels });
    expect(project).toHaveProperty("spec.destinations", [{ server: "https://kubernetes.default.svc", namespace: "gitops" }]);
  });
});
