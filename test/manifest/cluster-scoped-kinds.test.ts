import { expect, test } from "@jest/globals";
import { namespacedKinds } from "../../lib/manifest/namespaced-kinds.ts";
import { clusterScopedKinds } from "../../lib/manifest/cluster-scoped-kinds.ts";

test("no kind is of the cluster and of a namespace", () => {
  const namespaced = namespacedKinds.map(({ group, kind }) => (group === "" ? kind : `${group}/${kind}`));
  expect(namespaced.filter((kind) => clusterScopedKinds.has(kind))).toEqual([]);
});

test("knows what the platform renders, by group and kind", () => {
  for (const kind of ["Namespace", "external-secrets.io/ClusterSecretStore", "admissionregistration.k8s.io/ValidatingAdmissionPolicy"]) {
    expect(clusterScopedKinds.has(kind)).toBe(true);
  }
  expect(clusterScopedKinds.has("rbac.authorization.k8s.io/Role")).toBe(false);
});

test("stands in alphabetical order", () => {
  expect([...clusterScopedKinds]).toEqual([...clusterScopedKinds].sort());
});
