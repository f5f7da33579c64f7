import { describe, expect, test } from "@jest/globals";
import { defineControlPlane } from "../../../lib/definition/control-plane.ts";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { defaultProject } from "../../../lib/validation/rules/default-project.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { manifest, reported } from "../../support/manifests.ts";

const root = { scope: "control-plane", controlPlane: "central" } as const;
const empty = { sourceRepos: [], destinations: [], clusterResourceWhitelist: [], namespaceResourceWhitelist: [] };
const emptyHint = "hint: give it empty lists: every Application names a project of its own";

function project(name: string, spec: object): Manifest {
  return manifest({ apiVersion: "argoproj.io/v1alpha1", kind: "AppProject", metadata: { name, namespace: "argocd" }, spec }, root);
}

describe("default-project", () => {
  test("lets an emptied project pass, and a repository that delivers nothing", () => {
    expect(reported(defaultProject, [project("default", empty), project("bookshop-dev", { sourceRepos: ["*"] })], bookshopWorld())).toEqual(
      [],
    );
    expect(reported(defaultProject, [], bookshopWorld())).toEqual([]);
  });

  test.each([
    ["sourceRepos", { ...empty, sourceRepos: ["*"] }],
    ["destinations", { ...empty, destinations: [{ server: "*", namespace: "*" }] }],
    ["clusterResourceWhitelist", { ...empty, clusterResourceWhitelist: [{ group: "*", kind: "*" }] }],
    ["namespaceResourceWhitelist", { ...empty, namespaceResourceWhitelist: [{ group: "", kind: "ConfigMap" }] }],
    ["namespaceResourceWhitelist", { ...empty, namespaceResourceWhitelist: undefined }],
  ])("reports what is open by %s", (list, spec) => {
    expect(reported(defaultProject, [project("default", spec)], bookshopWorld())).toEqual([
      `AppProject argocd/default permits something, got entries in '${list}'\n${emptyHint}`,
    ]);
  });

  test("reports that nothing empties it", () => {
    expect(reported(defaultProject, [project("bookshop-dev", empty)], bookshopWorld())).toEqual([
      "nothing empties AppProject 'default' of control plane 'central'\nhint: render it, or say defaultProject: \"untouched\" for an Argo CD that others use too",
    ]);
  });

  test("says nothing where the control plane leaves it untouched", () => {
    const world = bookshopWorld();
    const [plane] = world.controlPlanes;
    const untouched = { ...world, controlPlanes: [defineControlPlane({ ...plane!, defaultProject: "untouched" })] };
    expect(reported(defaultProject, [project("bookshop-dev", empty)], untouched)).toEqual([]);
  });
});
