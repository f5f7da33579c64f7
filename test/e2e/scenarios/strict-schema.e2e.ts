import { beforeAll, expect, test } from "@jest/globals";
import { projectRoot } from "../../support/project-copy.ts";
import type { KubernetesObject } from "../../../lib/manifest/manifest.ts";
import { committedManifests } from "../committed-manifests.ts";
import { type ControlPlane, startControlPlane } from "../control-plane/control-plane.ts";
import { ownControlPlaneOnly } from "../own-control-plane-only.ts";
import { Undo } from "../undo.ts";

const shipped = committedManifests(projectRoot).map(({ document }) => document);
// every prop of every construct; one of its clusters has a newer operator, with a field that the CRDs here do not know
const bookshop = committedManifests(projectRoot, "test/golden/bookshop").map(({ document }) => document);

/** A document of each kind that is rendered anywhere. */
const oneOfEachKind = new Map([...bookshop, ...shipped].map((document) => [`${document.kind} of ${document.apiVersion}`, document]));

// The real CRDs judge: a control plane of its own, in which all of them are installed.
ownControlPlaneOnly("the API server, strict and with the real CRDs", () => {
  const undo = new Undo();
  let plane: ControlPlane;

  const dryRun = (documents: readonly object[]): Promise<string> =>
    plane.kubectl(
      ["apply", "--dry-run=server", "--validate=strict", "--output", "name", "--filename", "-"],
      JSON.stringify({ apiVersion: "v1", kind: "List", items: documents }),
    );

  beforeAll(async () => {
    plane = await startControlPlane({ argocd: false });
    undo.later(() => plane.stop());
    // a dry run makes no Namespace for what comes after it
    const namespaces = new Set(
      [...bookshop, ...shipped].map(({ metadata }) => metadata.namespace ?? "argocd").filter((name) => name !== "argocd"),
    );
    const items = [...namespaces].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }));
    await plane.kubectl(["create", "--filename", "-"], JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  });

  test("accepts every manifest of every environment", async () => {
    expect(shipped.length).toBeGreaterThan(300);
    const accepted = await dryRun(shipped);
    expect(accepted.trim().split("\n")).toHaveLength(shipped.length);
  });

  test.each([...oneOfEachKind])("refuses a misspelt field in a %s", async (_, document) => {
    const { misspelt, field } = misspell(document);
    await expect(dryRun([document])).resolves.toMatch(/\S/);
    await expect(dryRun([misspelt])).rejects.toThrow(new RegExp(`unknown field "([\\w.]+\\.)?${field}"`));
  });
});

/** Misspells the first field of what a document says: below `spec` where it has one, of its metadata where it says nothing else. */
function misspell(document: KubernetesObject): { readonly misspelt: object; readonly field: string } {
  const { apiVersion, kind, metadata, ...content } = document;
  const [part, fields] = Object.entries(content).find(([name]) => name === "spec") ?? Object.entries(content)[0] ?? [];
  if (part === undefined) return rename(document.metadata, "labels", (renamed) => ({ apiVersion, kind, metadata: renamed }));
  if (part !== "spec") return rename(content, part, (renamed) => ({ apiVersion, kind, metadata, ...renamed }));
  return rename(fields as object, Object.keys(fields as object)[0] ?? "", (renamed) => ({ ...document, spec: renamed }));
}

function rename(fields: object, name: string, within: (renamed: object) => object): { readonly misspelt: object; readonly field: string } {
  const renamed = Object.entries(fields).map(([key, value]: [string, unknown]) => [key === name ? `${key}z` : key, value] as const);
  return { misspelt: within(Object.fromEntries(renamed)), field: `${name}z` };
}
