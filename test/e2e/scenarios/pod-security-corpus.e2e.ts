import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import type { KubernetesObject, Manifest } from "../../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { rules } from "../../../lib/validation/rules.ts";
import { podSecurity } from "../../../lib/validation/rules/pod-security.ts";
import { validateManifests } from "../../../lib/validation/validate-manifests.ts";
import { platform } from "../../support/manifests.ts";
import { moduleFolder } from "../schemas/module-folder.ts";

// What the authors of the standards test their own admission by; no cluster is needed.
const corpus = join(moduleFolder("kube", "k8s.io/pod-security-admission"), "test/testdata");

/** Since then Windows has its exceptions; no supported cluster is as old. */
const oldestMinor = 25;

const levels = ["baseline", "restricted"] as const;
const minors = readdirSync(join(corpus, "restricted"))
  .map((version) => Number(version.slice("v1.".length)))
  .filter((minor) => minor >= oldestMinor)
  .sort((a, b) => a - b);

/** The Pods of a level and version that the API server admits, or those that it refuses, each with what the rule says of it. */
function judged(level: (typeof levels)[number], minor: number, verdict: "pass" | "fail"): ReadonlyMap<string, readonly string[]> {
  const folder = join(corpus, level, `v1.${minor}`, verdict);
  return new Map(
    readdirSync(folder).map((file) => {
      const pod = parse(readFileSync(join(folder, file), "utf8")) as KubernetesObject;
      return [file, findings(inNamespace(pod), namespace(level, minor))];
    }),
  );
}

function findings(...documents: readonly KubernetesObject[]): string[] {
  const manifests = documents.map((document): Manifest => ({ owner: platform, document, source: undefined }));
  return podSecurity.check(new RepositoryFacts(manifests)).map(({ message }) => message);
}

function inNamespace(pod: KubernetesObject): KubernetesObject {
  return { ...pod, metadata: { ...pod.metadata, namespace: "corpus" } };
}

/** With a name that an API server takes, and a tag: the corpus leaves both to its own tests. */
function tidied(pod: KubernetesObject): KubernetesObject {
  const text = JSON.stringify(inNamespace(pod)).replaceAll("registry.k8s.io/pause", "registry.k8s.io/pause:3.10.1");
  const document = JSON.parse(text) as KubernetesObject;
  return { ...document, metadata: { ...document.metadata, name: document.metadata.name.replaceAll("_", "-") } };
}

function namespace(level: string, minor: number): KubernetesObject {
  const labels = { "pod-security.kubernetes.io/enforce": level, "pod-security.kubernetes.io/enforce-version": `v1.${minor}` };
  const annotations = { "keelson.dev/security-exemption-reason": "what a level lets pass is asked for" };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name: "corpus", labels, annotations } };
}

describe("pod-security and the Pods of the standards' own tests", () => {
  test("there are Pods of many versions", () => {
    expect(minors.length).toBeGreaterThan(10);
    expect(judged("restricted", Math.max(...minors), "fail").size).toBeGreaterThan(70);
  });

  test.each(minors)("restricted of 1.%d: no rule at all has an error against what passes", (minor) => {
    const folder = join(corpus, "restricted", `v1.${minor}`, "pass");
    const pods = readdirSync(folder).map((file) => tidied(parse(readFileSync(join(folder, file), "utf8")) as KubernetesObject));
    expect(pods.length).toBeGreaterThan(5);
    const manifests = pods.map((document): Manifest => ({ owner: platform, document, source: undefined }));
    const found = validateManifests(new RepositoryFacts(manifests), rules);
    expect(found.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
  });

  describe.each(levels)("%s", (level) => {
    test.each(minors)("of 1.%d: lets pass what the API server admits", (minor) => {
      expect([...judged(level, minor, "pass")].filter(([, found]) => found.length > 0)).toEqual([]);
    });

    test.each(minors)("of 1.%d: reports what the API server refuses", (minor) => {
      expect([...judged(level, minor, "fail")].filter(([, found]) => found.length === 0)).toEqual([]);
    });
  });
});
