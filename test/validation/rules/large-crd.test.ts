import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { largeCrd } from "../../../lib/validation/rules/large-crd.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { application } from "../../support/delivery.ts";
import { manifest, reported } from "../../support/manifests.ts";

const limit = 262_144;

/** A definition whose JSON has this many bytes. */
function definition(bytes: number, annotations?: Readonly<Record<string, string>>): Manifest {
  const crd = (description: string): Manifest =>
    manifest({
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "shelves.bookshop.example", namespace: undefined, annotations },
      spec: { versions: [{ schema: { description } }] },
    });
  return crd("x".repeat(bytes - JSON.stringify(crd("").document).length));
}

const finding = (bytes: number): string[] => [
  `CustomResourceDefinition shelves.bookshop.example has ${bytes} bytes, more than the 262144 that a client-side apply can write into its annotation\nhint: give it the annotation argocd.argoproj.io/sync-options: ServerSideApply=true`,
];

describe("large-crd", () => {
  test("lets what an annotation can hold pass", () => {
    expect(reported(largeCrd, [definition(limit)])).toEqual([]);
  });

  test("reports what is longer, in bytes", () => {
    expect(reported(largeCrd, [definition(limit + 1)])).toEqual(finding(limit + 1));
    const config = manifest({ kind: "ConfigMap", data: { page: "ä".repeat(limit / 2) } });
    expect(reported(largeCrd, [config])).toHaveLength(1);
    const wide = manifest({ kind: "ConfigMap", data: { page: "書".repeat(limit / 3) } });
    expect(reported(largeCrd, [wide])).toHaveLength(1);
    const short = manifest({
      kind: "ConfigMap",
      data: Object.fromEntries(Array.from({ length: limit / 10 }, (_, index) => [String(index), ""])),
    });
    expect(reported(largeCrd, [short])).toHaveLength(1);
    const binary = manifest({ kind: "ConfigMap", data: { page: ["x".repeat(limit / 4), "x".repeat(limit / 4), "x".repeat(limit)] } });
    expect(reported(largeCrd, [binary])).toHaveLength(1);
  });

  test("only warns of plain manifests, which somebody else may apply on the server", () => {
    expect(largeCrd.check(new RepositoryFacts([definition(2 * limit)])).map(({ severity }) => severity)).toEqual(["warning"]);
    const delivered = new RepositoryFacts([application(), definition(2 * limit)], bookshopWorld());
    expect(largeCrd.check(delivered).map(({ severity }) => severity)).toEqual([undefined]);
  });

  test.each(["ServerSideApply=true", "Prune=confirm, ServerSideApply=true", "Replace=true"])("lets it pass with '%s'", (options) => {
    expect(reported(largeCrd, [definition(2 * limit, { "argocd.argoproj.io/sync-options": options })])).toEqual([]);
  });

  test("minds the option of the Application, and an object that takes itself out of it", () => {
    const app = application({ syncPolicy: { syncOptions: ["ServerSideApply=true"] } });
    expect(reported(largeCrd, [app, definition(2 * limit)], bookshopWorld())).toEqual([]);
    expect(reported(largeCrd, [application(), definition(2 * limit)], bookshopWorld())).toEqual(finding(2 * limit));
    const out = definition(2 * limit, { "argocd.argoproj.io/sync-options": "ServerSideApply=false" });
    expect(reported(largeCrd, [app, out], bookshopWorld())).toEqual(finding(2 * limit));
  });

  test("does not measure kinds of which there are thousands", () => {
    expect(reported(largeCrd, [manifest({ kind: "Service", metadata: { annotations: { note: "x".repeat(2 * limit) } } })])).toEqual([]);
  });
});
