import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { applicationSetDeletes } from "../../../lib/validation/rules/application-set-deletes.ts";
import { manifest, reported } from "../../support/manifests.ts";

const safe = {
  goTemplate: true,
  goTemplateOptions: ["missingkey=error"],
  syncPolicy: { applicationsSync: "create-update", preserveResourcesOnDeletion: true },
};

function found(spec: object | undefined): string[] {
  const metadata = { name: "bookshop", namespace: "argocd" };
  return reported(applicationSetDeletes, [manifest({ apiVersion: "argoproj.io/v1alpha1", kind: "ApplicationSet", metadata, spec })]);
}

const name = "ApplicationSet argocd/bookshop";
const deletes = (policy: string): string =>
  `${name} deletes Applications that its generators no longer give: its applicationsSync is '${policy}'\nhint: say syncPolicy.applicationsSync: create-update`;
const cascades = `${name} deletes what its Applications deployed when it is deleted\nhint: say syncPolicy.preserveResourcesOnDeletion: true`;
const plain = `${name} leaves a parameter that is missing as it stands in the template\nhint: say goTemplate: true and goTemplateOptions: [missingkey=error]`;

describe("application-set-deletes", () => {
  test("lets a set pass that never deletes", () => {
    expect(found(safe)).toEqual([]);
    expect(found({ ...safe, syncPolicy: { ...safe.syncPolicy, applicationsSync: "create-only" } })).toEqual([]);
  });

  test.each(["sync", "create-delete"])("reports the policy '%s'", (applicationsSync) => {
    expect(found({ ...safe, syncPolicy: { ...safe.syncPolicy, applicationsSync } })).toEqual([deletes(applicationsSync)]);
  });

  test("reports a set that preserves nothing", () => {
    expect(found({ ...safe, syncPolicy: { applicationsSync: "create-update" } })).toEqual([cascades]);
    expect(found({ ...safe, syncPolicy: { ...safe.syncPolicy, preserveResourcesOnDeletion: false } })).toEqual([cascades]);
  });

  test("reports a template that passes over a missing parameter", () => {
    expect(found({ ...safe, goTemplate: false })).toEqual([plain]);
    for (const goTemplateOptions of [undefined, [], ["missingkey=zero"]]) {
      expect(found({ ...safe, goTemplateOptions })).toEqual([
        `${name} renders a parameter that is missing as '<no value>'\nhint: say goTemplateOptions: [missingkey=error]`,
      ]);
    }
  });

  test("takes what is left out as Argo CD does", () => {
    expect(found(undefined)).toEqual([deletes("sync"), cascades, plain]);
  });

  test("lets what deploys pull requests delete it again, also within a matrix", () => {
    const spec = { goTemplate: true, goTemplateOptions: ["missingkey=error"] };
    const previews = { pullRequest: { github: { owner: "acme", repo: "bookshop" } } };
    const set = (generators: readonly object[]): Manifest =>
      manifest({ apiVersion: "argoproj.io/v1alpha1", kind: "ApplicationSet", spec: { ...spec, generators } });
    expect(reported(applicationSetDeletes, [set([previews])])).toEqual([]);
    expect(reported(applicationSetDeletes, [set([{ matrix: { generators: [{ list: {} }, previews] } }])])).toEqual([]);
    expect(reported(applicationSetDeletes, [set([{ list: {} }])])).toHaveLength(2);
  });
});
