import { describe, expect, test } from "@jest/globals";
import { namespacedKinds } from "../../lib/manifest/namespaced-kinds.ts";

const names = namespacedKinds.map(({ group, kind }) => `${group}/${kind}`);

describe("namespacedKinds", () => {
  test("is sorted by group and kind, and names none twice", () => {
    const sorted = [...namespacedKinds].sort((a, b) => (a.group === b.group ? (a.kind < b.kind ? -1 : 1) : a.group < b.group ? -1 : 1));
    expect(namespacedKinds).toEqual(sorted);
    expect(new Set(names).size).toBe(23);
  });

  test("holds what a service and its routes, policies and monitors are made of", () => {
    expect(names).toEqual(
      expect.arrayContaining([
        "/ConfigMap",
        "apps/StatefulSet",
        "batch/CronJob",
        "external-secrets.io/ExternalSecret",
        "gateway.networking.k8s.io/HTTPRoute",
        "monitoring.coreos.com/PrometheusRule",
        "networking.istio.io/EnvoyFilter",
        "networking.k8s.io/NetworkPolicy",
        "policy/PodDisruptionBudget",
      ]),
    );
  });

  test.each([/\/Secret$/, /^argoproj\.io\//, /^rbac\.authorization\.k8s\.io\//, /\*/])("permits nothing that matches %p", (forbidden) => {
    expect(names.filter((name) => forbidden.test(name))).toEqual([]);
  });
});
