import { describe, expect, test } from "@jest/globals";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { groupKind, type KubernetesObject } from "../../../lib/manifest/manifest.ts";
import { schemaViolations } from "../../../lib/schema/schema-violations.ts";
import { fieldsOfKind } from "../../../lib/validation/formats/kind-fields.ts";
import { fieldFormat } from "../../../lib/validation/rules/field-format.ts";
import { catalogue } from "../../support/manifests.ts";
import { bases, formatCases, withValue } from "../formats/format-cases.ts";
import { refusals } from "../formats/refusals.ts";

function messages(document: KubernetesObject): string[] {
  return fieldFormat.check(new RepositoryFacts([{ owner: catalogue, document, source: undefined }])).map(({ message }) => message);
}

describe("field-format", () => {
  test.each(Object.entries(bases))("lets pass a good %s", (_, document) => {
    expect(messages(document)).toEqual([]);
  });

  test.each(formatCases)("with the rules beside it, takes and refuses values of $kind $path", ({ good, bad, ...where }) => {
    for (const value of good) expect(refusals(withValue(where, value))).toEqual([]);
    for (const value of bad) expect({ value, refused: refusals(withValue(where, value)).length > 0 }).toEqual({ value, refused: true });
  });

  test("names the field, what it must be, and what it is", () => {
    expect(messages(withValue({ kind: "Service", path: "spec.ports[0].port" }, 70000))).toEqual([
      "Service catalogue: 'spec.ports[0].port' must be from 1 to 65535, got 70000",
    ]);
    expect(messages(withValue({ kind: "ConfigMap", path: "metadata.labels" }, { "app.kubernetes.io/name": "the catalogue" }))).toEqual([
      "ConfigMap catalogue: 'metadata.labels' has the value 'the catalogue' for 'app.kubernetes.io/name', which no label may have",
    ]);
    expect(messages(withValue({ kind: "CronJob", path: "spec.jobTemplate.spec.template.spec.containers[0].name" }, "Night job"))).toEqual([
      "CronJob catalogue: 'spec.jobTemplate.spec.template.spec.containers[0].name' must be at most 63 lower-case letters, digits and '-', beginning and ending with a letter or digit, got 'Night job'",
    ]);
  });

  test("leaves wrong types to the schema", () => {
    expect(messages(withValue({ kind: "Service", path: "spec.ports[0].port" }, "http"))).toEqual([]);
    expect(messages(withValue({ kind: "Deployment", path: "spec.template.spec.containers" }, "catalogue"))).toEqual([]);
  });

  test.each(formatCases)("never trips over what stands at $kind $path", (where) => {
    for (const junk of [null, true, 7, "text", [], {}, [null], [7], ["text"], [[]], { key: null }, { key: [7] }]) {
      const document = withValue(where, junk);
      expect(() => {
        schemaViolations(document);
        fieldsOfKind(groupKind(document)).visit(document, [], () => undefined);
      }).not.toThrow();
    }
  });

  test("lets what is named after its signer have its colons", () => {
    const metadata = { name: "bookshop.example:readers:roots" };
    for (const kind of ["ClusterTrustBundle", "CertificateSigningRequest"]) {
      expect(messages({ apiVersion: "certificates.k8s.io/v1", kind, metadata })).toEqual([]);
    }
  });

  test("asks names and labels of kinds that it does not know", () => {
    const shelf = { apiVersion: "bookshop.example/v1", kind: "Shelf", metadata: { name: "Upper Shelf" } };
    expect(messages(shelf)).toEqual([expect.stringMatching(/^Shelf Upper Shelf: 'metadata.name' must be at most 253 /)]);
  });
});
