import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { JsonObject } from "../../lib/argocd/json-value.ts";
import { mergePatch, parseTemplatePatch } from "../../lib/argocd/template-patch.ts";
import { caught } from "../support/caught.ts";

const key = fc.constantFrom("source", "destination", "retry", "limit");
const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.integer()));
const tree: fc.Arbitrary<JsonObject> = fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, leaf)))));

function parse(text: string, target = "3.5.3"): JsonObject {
  return parseTemplatePatch(text, "the patch", target);
}

describe("parseTemplatePatch", () => {
  test("reads everything that a patch may set", () => {
    const patch: JsonObject = {
      metadata: { labels: { tier: "gold" }, annotations: { owner: "till" } },
      spec: {
        source: { repoURL: "r", targetRevision: "main", path: "p", directory: { recurse: true } },
        destination: { server: "s", name: "n", namespace: "ns" },
        syncPolicy: {
          automated: { enabled: true, prune: true, selfHeal: false, allowEmpty: false },
          retry: { limit: 3, refresh: true, backoff: { duration: "5s", factor: 2, maxDuration: "3m" } },
          syncOptions: ["CreateNamespace=true"],
        },
        ignoreDifferences: [{ kind: "Service" }],
        info: [{ name: "a", value: "b" }],
        revisionHistoryLimit: 3,
      },
    };
    expect(parse(JSON.stringify(patch))).toEqual(patch);
  });

  test.each(["", "\n\n", "# nothing\n", "{}"])("%j changes nothing", (text) => {
    expect(parse(text)).toEqual({});
  });

  test.each([
    ["spec: {", "the patch is not YAML\nhint: "],
    ["spec:\n", "the patch sets 'spec' to null, which deletes it\nhint: leave the key out, or put it inside the condition"],
    [
      "spec:\n  project: other",
      "the patch sets 'spec.project', which it cannot\nhint: there is 'source', 'destination', 'syncPolicy', 'ignoreDifferences', 'info', 'revisionHistoryLimit'; all else belongs into the template",
    ],
    [
      "metadata:\n  finalizers: []",
      "the patch sets 'metadata.finalizers', which it cannot\nhint: there is 'labels', 'annotations'; all else belongs into the template",
    ],
    [
      "spec:\n  syncPolicy:\n    automated:\n      selfheal: true",
      "the patch sets 'spec.syncPolicy.automated.selfheal', which it cannot\nhint: there is 'enabled', 'prune', 'selfHeal', 'allowEmpty'; all else belongs into the template",
    ],
    [
      "spec:\n  constructor: true",
      "the patch sets 'spec.constructor', which it cannot\nhint: there is 'source', 'destination', 'syncPolicy', 'ignoreDifferences', 'info', 'revisionHistoryLimit'; all else belongs into the template",
    ],
    ["- op: replace", "the patch: it is not a map"],
    ["spec: []", "the patch: 'spec' is not a map"],
    [
      'spec:\n  syncPolicy:\n    automated:\n      prune: "true"',
      "the patch: 'spec.syncPolicy.automated.prune' is not a boolean, got \"true\"",
    ],
    ["metadata:\n  annotations:\n    wave: 1", "the patch: 'metadata.annotations.wave' is not a string, got 1"],
    ["spec:\n  info: text", "the patch: 'spec.info' is not a list, got \"text\""],
    [
      "spec:\n  syncPolicy:\n    automated:\n      prune: yes",
      "the patch has a value that YAML 1.1 and 1.2 read differently\nhint: quote it, or write true or false",
    ],
  ])("fails on %j", (text, message) => {
    expect(caught(() => parse(text)).replace(/(is not YAML\nhint: )[^]*/, "$1")).toBe(message);
  });

  test.each([
    ["spec.syncPolicy.automated.enabled", "spec:\n  syncPolicy:\n    automated:\n      enabled: false", "3.1", "3.0.9"],
    ["spec.syncPolicy.retry.refresh", "spec:\n  syncPolicy:\n    retry:\n      refresh: true", "3.2", "3.1.9"],
  ])("fails when the targeted version does not know %s", (field, text, since, older) => {
    expect(() => parse(text, `${since}.0`)).not.toThrow();
    expect(caught(() => parse(text, older))).toBe(
      `'${field}' needs Argo CD ${since} or later, got '${older}'\nhint: leave it out, or raise argocdVersion of the control plane`,
    );
  });
});

describe("mergePatch", () => {
  test("merges maps at every depth and replaces all else whole", () => {
    const target = { source: { path: "dist", repoURL: "r" }, info: [1, 2], retry: { limit: 5 } };
    expect(mergePatch(target, { source: { path: "out" }, info: [3], retry: 0 })).toEqual({
      source: { path: "out", repoURL: "r" },
      info: [3],
      retry: 0,
    });
  });

  test("an empty patch changes nothing, a patch wins over what it lies on, and twice is once", () => {
    fc.assert(
      fc.property(tree, tree, (target, patch) => {
        const before = JSON.stringify(target);
        const once = mergePatch(target, patch);
        expect(mergePatch(target, {})).toEqual(target);
        expect(mergePatch({}, patch)).toEqual(patch);
        expect(mergePatch(once, patch)).toEqual(once);
        expect(JSON.stringify(target)).toBe(before);
      }),
    );
  });
});
