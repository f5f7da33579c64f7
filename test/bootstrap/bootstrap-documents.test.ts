import { expect, test } from "@jest/globals";
import { bootstrapDocuments } from "../../lib/bootstrap/bootstrap-documents.ts";
import { emitYaml } from "../../lib/synth/emit-yaml.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { bookshopFiles, renderBookshop } from "../fixtures/bookshop/render.ts";

const [central] = bookshop.controlPlanes;
const { manifests } = renderBookshop();

test("the root, its project and Argo CD's settings are the very files of the output folder", () => {
  const files = bookshopFiles();
  const { project, root, settings } = bootstrapDocuments(manifests, central!);
  const applied = [project, root, ...settings].map(emitYaml);
  expect(applied).toEqual([
    files.get("bootstrap/central/app-project-root.yaml"),
    files.get("bootstrap/central/application-root.yaml"),
    files.get("clusters/eu/argocd/config-map-argocd-cm.yaml"),
    files.get("clusters/eu/argocd/config-map-argocd-rbac-cm.yaml"),
  ]);
});

test("settings for another cluster's Argo CD are not this one's", () => {
  const { settings } = bootstrapDocuments(manifests, { ...central!, cluster: { ...central!.cluster, name: "us" } });
  expect(settings).toEqual([]);
});

test("ConfigMaps of other namespaces, or of no part of Argo CD, are left to Git", () => {
  expect(bootstrapDocuments(manifests, { ...central!, namespace: "gitops" }).settings).toEqual([]);
  const foreign = manifests.map((manifest) =>
    manifest.document.kind === "ConfigMap"
      ? { ...manifest, document: { ...manifest.document, metadata: { ...manifest.document.metadata, labels: {} } } }
      : manifest,
  );
  expect(bootstrapDocuments(foreign, central!).settings).toEqual([]);
});

test("a control plane that was not rendered is a bug, not an empty bootstrap", () => {
  expect(() => bootstrapDocuments(manifests, { ...central!, name: "elsewhere" })).toThrow("control plane 'elsewhere' has 0 AppProjects");
});
