import { describe, expect, test } from "@jest/globals";
import { type ManifestFile, readManifestFile } from "../../lib/validation/manifest-file.ts";
import { platform } from "../support/manifests.ts";

function read(text: string | undefined): ManifestFile {
  return readManifestFile(text, "shop/till.yaml", platform);
}

function messages(text: string): string[] {
  return read(text).issues.map(({ message }) => message);
}

describe("readManifestFile", () => {
  test("gives objects their owner and their line", () => {
    const document = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "till" } };
    expect(read("---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: till}\n")).toEqual({
      manifests: [{ manifest: { owner: platform, document, source: undefined }, line: 2 }],
      issues: [],
      skipped: [],
    });
  });

  test("reports what is wrong with the text by its file and line", () => {
    const { issues, manifests } = read("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: till, name: shelf}\n");
    expect(issues).toEqual([
      {
        ...{ severity: "error", rule: "manifest-file", message: "the key 'name' stands twice in one map" },
        ...{ hint: "take one of the two out: only the last one counts", position: { file: "shop/till.yaml", line: 3 } },
      },
    ]);
    expect(manifests).toHaveLength(1);
  });

  test("reports a file that is no text", () => {
    expect(read(undefined)).toEqual({
      ...{ manifests: [], skipped: [] },
      issues: [
        {
          ...{ severity: "error", rule: "manifest-file", message: "the file is not in UTF-8", hint: "save it in UTF-8" },
          position: { file: "shop/till.yaml", line: 1 },
        },
      ],
    });
  });

  test.each([
    ["a chart's values", "replicas: 2\n"],
    ["a kustomization", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: {name: shop}\nresources: []\n"],
    ["a chart", "apiVersion: v2\nname: shop\nversion: 1.0.0\n"],
    ["another tool's settings", "apiVersion: skaffold/v4beta11\nkind: Config\nbuild: {}\n"],
    ["a text", "just words\n"],
    ["a list", "- apiVersion: v1\n  kind: ConfigMap\n"],
    ["a version that is a number", "apiVersion: 1\nkind: ConfigMap\nmetadata: {name: till}\n"],
  ])("leaves out %s", (_title, text) => {
    expect(read(`# a comment\n${text}`)).toEqual({ manifests: [], issues: [], skipped: [2] });
  });

  test.each([
    ["metadata: {labels: {}}", "the Service has no name"],
    ["metadata: {name: ''}", "the Service has no name"],
    ["metadata: {}", "the Service has no name"],
    ["spec: {}", "the Service has no metadata"],
    ["metadata: till", "the Service has no metadata"],
    ["metadata: {name: 8080}", "the name of the Service must be a string, got 8080"],
    ["metadata: {name: [till]}", 'the name of the Service must be a string, got ["till"]'],
    ["metadata: {name: till, namespace: yes}", "the namespace of the Service must be a string, got true"],
  ])("reports an object that cannot be found by its name: %s", (fields, message) => {
    const text = `apiVersion: v1\nkind: Service\n${fields}\n`;
    expect(messages(text)).toEqual([message]);
    expect(read(text)).toMatchObject({ manifests: [], skipped: [], issues: [{ position: { file: "shop/till.yaml", line: 1 } }] });
  });

  test("names what the API server will name, each otherwise and always the same", () => {
    const text = "apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: count-}\n";
    const names = (): string[] => read(`${text}---\n${text}`).manifests.map(({ manifest }) => manifest.document.metadata.name);
    expect(names()).toEqual([expect.stringMatching(/^count-[0-9a-f]{5}$/), expect.stringMatching(/^count-[0-9a-f]{5}$/)]);
    expect(new Set(names()).size).toBe(2);
    expect(names()).toEqual(names());
  });
});
