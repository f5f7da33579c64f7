import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { KubernetesObject, Manifest } from "../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../lib/manifest/repository-facts.ts";
import { readManifestFile } from "../../lib/validation/manifest-file.ts";
import { rules } from "../../lib/validation/rules.ts";
import { validateManifests } from "../../lib/validation/validate-manifests.ts";
import { catalogue } from "../support/manifests.ts";

/** Instead of what stands in a field. */
const wrong: readonly unknown[] = [7, {}, [null]];

/** Every kind of the bookshop once, as a file of manifests gives it. */
const documents = onePerKind(join(import.meta.dirname, "../golden/bookshop"));

/** A version that nobody has a schema of, so that nothing is known of its fields. */
const unknownVersion = "v0";

describe("a document with a field of another type", () => {
  test.each(documents)("is judged or left alone, but stops no rule: $document.kind", (manifest) => {
    expect(failures(manifest)).toEqual([]);
  });

  test.each(documents)("stops none where no schema is known of it either: $document.kind", (manifest) => {
    const apiVersion = manifest.document.apiVersion.replace(/[^/]*$/, unknownVersion);
    expect(failures({ ...manifest, document: { ...manifest.document, apiVersion } })).toEqual([]);
  });
});

/** What stops a rule, of copies of a document that are wrong in one field each. */
function failures(manifest: Manifest): string[] {
  const others = documents.filter(({ document }) => document.kind !== manifest.document.kind);
  const forManifests = rules.filter(({ needs }) => needs === "manifests");
  const thrown = wrong.flatMap((value) => {
    try {
      validateManifests(new RepositoryFacts([...others, ...brokenCopies(manifest, value)]), forManifests);
      return [];
    } catch (error) {
      return [`${JSON.stringify(value)}: ${(error as Error).stack?.split("\n", 2).join("") ?? ""}`];
    }
  });
  return [...new Set(thrown)];
}

/** The document once for each of its fields, wrong there; what a file must say to be an object at all stays. */
function brokenCopies(manifest: Manifest, value: unknown): Manifest[] {
  const paths = pathsOf(manifest.document).filter(
    (path) => !/^(apiVersion|kind|metadata|metadata\.(name|namespace))$/.test(path.join(".")),
  );
  return paths.map((path, index) => {
    const document = replaced(manifest.document, path, value) as KubernetesObject;
    return { ...manifest, document: { ...document, metadata: { ...document.metadata, name: `copy-${index}` } } };
  });
}

function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [];
  // the first of a list stands for all
  const entries = Object.entries(value).slice(0, Array.isArray(value) ? 1 : undefined);
  return entries.flatMap(([key, field]) => [[...path, key], ...pathsOf(field, [...path, key])]);
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((item: unknown, index) => (String(index) === key ? replaced(item, rest, by) : item));
  return { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, by) };
}

function onePerKind(folder: string): Manifest[] {
  const byKind = new Map<string, Manifest>();
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (!file.endsWith(".yaml")) continue;
    for (const { manifest } of readManifestFile(readFileSync(join(folder, file), "utf8"), file, catalogue).manifests) {
      const kind = `${manifest.document.apiVersion}/${manifest.document.kind}`;
      // the largest says most
      const known = byKind.get(kind);
      if (known === undefined || JSON.stringify(known.document).length < JSON.stringify(manifest.document).length)
        byKind.set(kind, manifest);
    }
  }
  return [...byKind.values()];
}
