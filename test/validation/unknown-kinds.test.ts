import { expect, test } from "@jest/globals";
import { RepositoryFacts } from "../../lib/manifest/repository-facts.ts";
import { unknownKinds } from "../../lib/validation/unknown-kinds.ts";
import { deployment, manifest } from "../support/manifests.ts";

test("unknownKinds names each kind without a schema once, with its version, sorted", () => {
  const till = manifest({ apiVersion: "bookshop.example/v1", kind: "Till" });
  const gone = manifest({ apiVersion: "extensions/v1beta1", kind: "Ingress" });
  expect(unknownKinds(new RepositoryFacts([gone, deployment(), till, till]))).toEqual([
    ...["bookshop.example/v1/Till", "extensions/v1beta1/Ingress"],
  ]);
});
