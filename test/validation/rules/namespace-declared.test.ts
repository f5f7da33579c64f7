import { describe, expect, test } from "@jest/globals";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { namespaceDeclared } from "../../../lib/validation/rules/namespace-declared.ts";
import { deployment, manifest, platform, reported, unitOf } from "../../support/manifests.ts";

const advice = "take its metadata from objectMetadata(context, …)";
const role = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" };

describe("namespace-declared", () => {
  test("lets objects pass in their system's namespace, objects of the cluster, and those of other scopes", () => {
    expect(
      reported(namespaceDeclared, [
        deployment(),
        manifest({ ...role, metadata: { namespace: undefined } }),
        manifest({ kind: "ConfigMap", metadata: { namespace: "argocd" } }, platform),
        manifest({ kind: "ConfigMap", metadata: { namespace: undefined } }, platform),
      ]),
    ).toEqual([]);
  });

  test("reports a namespaced object without a namespace", () => {
    expect(reported(namespaceDeclared, [manifest({ kind: "ConfigMap", metadata: { namespace: undefined } })])).toEqual([
      `ConfigMap catalogue of 'bookshop/catalogue' in 'dev' has no namespace\nhint: ${advice}; the system declares: 'bookshop-dev'`,
    ]);
  });

  test("reports a namespace that nobody declares", () => {
    expect(reported(namespaceDeclared, [deployment({}, { namespace: "bookshop-prod" })])).toEqual([
      `Deployment bookshop-prod/catalogue is in namespace 'bookshop-prod', which 'bookshop' does not declare in 'dev' on cluster 'dev-eu'\nhint: ${advice}; the system declares: 'bookshop-dev'`,
    ]);
  });

  test.each([
    ["another system", { system: "library" }, "'library' does not declare in 'dev' on cluster 'dev-eu'"],
    ["another environment", { environment: "staging" }, "'bookshop' does not declare in 'staging' on cluster 'dev-eu'"],
    ["another cluster", { cluster: "dev-us" }, "'bookshop' does not declare in 'dev' on cluster 'dev-us'"],
  ])("reports a namespace that only %s declares", (_title, place, says) => {
    expect(reported(namespaceDeclared, [manifest({ kind: "ConfigMap" }, unitOf("catalogue", place))])).toEqual([
      `ConfigMap bookshop-dev/catalogue is in namespace 'bookshop-dev', which ${says}\nhint: ${advice}; the system declares no namespace there: render its SystemNamespace`,
    ]);
  });

  test("takes only Namespaces of the system for declared, not the platform's", () => {
    const namespace = manifest({ kind: "Namespace", metadata: { name: "bookshop-dev", namespace: undefined } }, platform);
    expect(namespaceDeclared.check(new RepositoryFacts([namespace, deployment()]))).toHaveLength(1);
  });

  test.each([
    ["a system", unitOf("catalogue"), "'bookshop/catalogue' in 'dev'"],
    ["the platform", platform, "'platform/secret-stores' on cluster 'dev-eu'"],
  ])("reports an object of the cluster that has a namespace, of %s", (_title, owner, says) => {
    expect(reported(namespaceDeclared, [manifest(role, owner)])).toEqual([
      `ClusterRole bookshop-dev/catalogue of ${says} has a namespace, but a ClusterRole belongs to the whole cluster\nhint: say clusterScoped: true to objectMetadata(…)`,
    ]);
  });
});
