import { expect, test } from "@jest/globals";
import type { RepositoryAccess } from "../../lib/bootstrap/repository-access.ts";
import { requireRepositorySecret } from "../../lib/bootstrap/require-repository-secret.ts";
import { label } from "../../lib/manifest/labels.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { caughtLater } from "../support/caught.ts";
import { FakeCluster } from "../support/fake-cluster.ts";
import { liveObject } from "../support/live-object.ts";

const [central] = bookshop.controlPlanes;
const existing: RepositoryAccess = { kind: "existing-secret", name: "gitops" };

/** Looks in a cluster that holds a Secret `gitops` with these labels, or none. */
function look(labels?: Record<string, string>, install: "helm" | "none" = "none", repositoryAccess = existing): Promise<void> {
  const cluster = new FakeCluster({ objects: labels ? [liveObject("Secret", "gitops", { labels })] : [] });
  return requireRepositorySecret(cluster, { install, repositoryAccess, controlPlane: central! });
}

test.each(["repository", "repo-creds"])("a Secret that Argo CD takes for `%s` will do", async (type) => {
  await expect(look({ [label.secretType]: type })).resolves.toBeUndefined();
});

test("a missing Secret is told with its namespace", async () => {
  expect(await caughtLater(() => look())).toBe(
    "there is no Secret 'gitops' in the namespace 'argocd', as 'keelson:repositoryExistingSecret' says\n" +
      "hint: make it before the root looks for it, or set the name right; see docs/bootstrap.md",
  );
});

test.each<Record<string, string>>([{}, { [label.secretType]: "cluster" }])(
  "a Secret labelled %j is told with the command that labels it",
  async (labels) => {
    expect(await caughtLater(() => look(labels))).toBe(
      "the Secret 'gitops' in the namespace 'argocd' is not labelled as credentials, and Argo CD does not find it\n" +
        "hint: label it: `kubectl label --namespace argocd secret gitops argocd.argoproj.io/secret-type=repository`",
    );
  },
);

test("nothing is asked where the namespace is only about to be made, or the bootstrap makes the Secret", async () => {
  await expect(look(undefined, "helm")).resolves.toBeUndefined();
  await expect(look(undefined, "none", { kind: "public" })).resolves.toBeUndefined();
});
