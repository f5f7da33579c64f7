import { describe, expect, test } from "@jest/globals";
import { RootApplication, type RootApplicationProps } from "../../lib/argocd/root-application.ts";
import { defineRepository } from "../../lib/definition/repository.ts";
import { renderOne } from "../support/render-construct.ts";

const props: RootApplicationProps = {
  name: "root-production",
  repository: defineRepository({ url: "https://github.com/bookshop/gitops.git", branch: "main", output: "dist" }),
  path: "argocd/main/production",
  recurse: true,
  prune: false,
  argocdVersion: "3.5.3",
};

function render(change: Partial<RootApplicationProps> = {}) {
  return renderOne((scope) => new RootApplication(scope, "root", { ...props, ...change }));
}

describe("RootApplication", () => {
  test("heals, prunes only when told so, and leaves everything running when it is deleted", () => {
    expect(render()).toStrictEqual({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Application",
      metadata: { name: "root-production", namespace: "argocd", annotations: { "argocd.argoproj.io/manifest-generate-paths": "." } },
      spec: {
        project: "root",
        source: {
          repoURL: "https://github.com/bookshop/gitops.git",
          targetRevision: "main",
          path: "dist/argocd/main/production",
          directory: { recurse: true },
        },
        destination: { server: "https://kubernetes.default.svc", namespace: "argocd" },
        syncPolicy: {
          automated: { prune: false, selfHeal: true, allowEmpty: false },
          retry: { limit: 5, refresh: true, backoff: { duration: "5s", factor: 2, maxDuration: "3m" } },
        },
      },
    });
  });

  test("every other prop reaches the manifest", () => {
    const labels = { "app.kubernetes.io/part-of": "bookshop" };
    const annotations = { "bookshop.example/owner": "platform-team" };
    const root = render({ labels, annotations, project: "roots", namespace: "gitops", prune: true, recurse: false });
    expect(root.metadata).toEqual({
      name: "root-production",
      namespace: "gitops",
      labels,
      annotations: { ...annotations, "argocd.argoproj.io/manifest-generate-paths": "." },
    });
    expect(root).toHaveProperty("spec.project", "roots");
    expect(root).toHaveProperty("spec.destination.namespace", "gitops");
    expect(root).not.toHaveProperty("spec.source.directory");
    expect(root).toHaveProperty("spec.syncPolicy.automated.prune", true);
  });
});
