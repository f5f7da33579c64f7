import { expect, test } from "@jest/globals";
import type { KubernetesObject } from "../../lib/manifest/manifest.ts";
import { wellTyped } from "../../lib/schema/well-typed.ts";
import { deployment } from "../support/manifests.ts";

const { document } = deployment();

test("gives an object back as it is where every value has the right type", () => {
  expect(wellTyped(document)).toBe(document);
});

test("says nothing of a kind without a schema", () => {
  const shelf = { apiVersion: "bookshop.example/v1", kind: "Shelf", metadata: { name: "top" }, spec: "oak" };
  expect(wellTyped(shelf)).toBe(shelf);
});

test("leaves values of a wrong type out, in lists too, and the original alone", () => {
  const pod = { containers: ["catalogue", { name: "catalogue", image: 7, ports: "http" }, "checkout"], volumes: "tmp" };
  const spec = { replicas: ["two"], template: { spec: pod } };
  const broken = { ...document, metadata: { name: "catalogue", labels: { shelf: 3 } }, spec } as unknown as KubernetesObject;
  const before = structuredClone(broken);
  expect(wellTyped(broken)).toEqual({
    ...document,
    metadata: { name: "catalogue", labels: {} },
    spec: { template: { spec: { containers: [{ name: "catalogue" }] } } },
  });
  expect(broken).toEqual(before);
});

test("leaves what may be a number or a text out where it is neither", () => {
  const service = { apiVersion: "v1", kind: "Service", metadata: { name: "catalogue" }, spec: { ports: [{ port: 80, targetPort: {} }] } };
  expect(wellTyped(service)).toMatchObject({ spec: { ports: [{ port: 80 }] } });
  expect(wellTyped(service)).not.toHaveProperty("spec.ports.0.targetPort");
});
