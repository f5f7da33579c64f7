import { expect, test } from "@jest/globals";
import type { Manifest, ObjectMetadata } from "../../lib/manifest/manifest.ts";
import { findFileCollisions } from "../../lib/synth/find-file-collisions.ts";

function manifest(kind: string, metadata: ObjectMetadata, unit = "catalogue", apiVersion = "v1"): Manifest {
  const owner = { scope: "environment", environment: "dev", cluster: "eu", system: "bookshop", unit } as const;
  return { owner, document: { apiVersion, kind, metadata }, source: undefined };
}

test("objects with a file each give no issue", () => {
  expect(
    findFileCollisions([
      manifest("Service", { name: "catalogue" }),
      manifest("ServiceAccount", { name: "catalogue" }),
      manifest("Service", { name: "catalogue" }, "checkout"),
    ]),
  ).toEqual([]);
});

test("objects that share a file are named, whatever their order", () => {
  const service = manifest("Service", { name: "account-catalogue", namespace: "bookshop-dev" });
  const account = manifest("ServiceAccount", { name: "catalogue", namespace: "bookshop-dev" });
  const [issue, ...others] = findFileCollisions([service, manifest("ConfigMap", { name: "catalogue" }), account]);
  expect(others).toEqual([]);
  expect(issue).toStrictEqual({
    severity: "error",
    rule: "file-name-collision",
    message:
      "the file 'dev/eu/bookshop/catalogue/service-account-catalogue.yaml' would hold " +
      "Service bookshop-dev/account-catalogue (v1) and ServiceAccount bookshop-dev/catalogue (v1)",
    hint: "give all but one of them another name",
    manifest: account,
  });
  expect(findFileCollisions([account, service])[0]?.message).toBe(issue?.message);
});

test("one name in two namespaces of a unit, or in two groups that no table tells apart, is a collision", () => {
  expect(
    findFileCollisions([
      manifest("Role", { name: "reader", namespace: "bookshop-dev" }),
      manifest("Role", { name: "reader", namespace: "argocd" }),
      manifest("Certificate", { name: "catalogue" }, "catalogue", "cert-manager.io/v1"),
      manifest("Certificate", { name: "catalogue" }, "catalogue", "networking.internal.knative.dev/v1"),
    ]).map(({ message }) => message),
  ).toEqual([
    "the file 'dev/eu/bookshop/catalogue/certificate-catalogue.yaml' would hold " +
      "Certificate catalogue (cert-manager.io/v1) and Certificate catalogue (networking.internal.knative.dev/v1)",
    "the file 'dev/eu/bookshop/catalogue/role-reader.yaml' would hold Role argocd/reader (v1) and Role bookshop-dev/reader (v1)",
  ]);
});

test("upper and lower case count as one, in the name and in the folders", () => {
  expect(findFileCollisions([manifest("Role", { name: "Reader" }), manifest("Role", { name: "reader" })])).toHaveLength(1);
  expect(
    findFileCollisions([manifest("Role", { name: "reader" }, "Catalogue"), manifest("Role", { name: "reader" }, "catalogue")]),
  ).toHaveLength(1);
});
