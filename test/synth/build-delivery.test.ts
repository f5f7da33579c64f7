import { describe, expect, test } from "@jest/globals";
import { defineClusterSystem } from "../../lib/definition/cluster-system.ts";
import { defineControlPlane } from "../../lib/definition/control-plane.ts";
import type { Definitions } from "../../lib/definition/definitions.ts";
import type { Manifest } from "../../lib/manifest/manifest.ts";
import { buildDelivery } from "../../lib/synth/build-delivery.ts";
import { manifestPath } from "../../lib/synth/layout-files.ts";
import { resolveSystems } from "../../lib/synth/resolve-systems.ts";
import { secretStores } from "../fixtures/bookshop/apps/platform/system.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { eu, us } from "../fixtures/bookshop/environments/clusters.ts";
import { dev } from "../fixtures/bookshop/environments/dev/environment.ts";
import { production } from "../fixtures/bookshop/environments/production/environment.ts";
import { bookshopPins } from "../fixtures/bookshop/render.ts";
import { caught } from "../support/caught.ts";
import { fieldAt } from "../support/field-at.ts";

function deliver(changes: Partial<Definitions> = {}): Manifest[] {
  const definitions = { ...bookshop, ...changes };
  return buildDelivery(definitions, resolveSystems(definitions, bookshopPins), { of: () => [] });
}

function pathsOf(manifests: readonly Manifest[]): string[] {
  return manifests.map(manifestPath).sort();
}

function root(manifests: readonly Manifest[], name: string): Manifest | undefined {
  return manifests.find(({ document }) => document.kind === "Application" && document.metadata.name === name);
}

describe("buildDelivery", () => {
  const delivery = deliver();

  test("makes one root to apply, and what it watches", () => {
    const paths = pathsOf(delivery);
    expect(paths.filter((path) => path.startsWith("bootstrap/"))).toEqual([
      "bootstrap/central/app-project-root.yaml",
      "bootstrap/central/application-root.yaml",
    ]);
    expect(paths.filter((path) => /^argocd\/central\/[^/]+$/.test(path))).toEqual([
      "argocd/central/app-project-default.yaml",
      "argocd/central/app-project-recommendations-dev.yaml",
      "argocd/central/app-project-recommendations-production.yaml",
      "argocd/central/application-root-dev.yaml",
      "argocd/central/application-root-platform.yaml",
      "argocd/central/application-root-production.yaml",
      "argocd/central/application-set-recommendations.yaml",
    ]);
  });

  test("leaves the project 'default' to others where a control plane says so", () => {
    const shared = defineControlPlane({
      name: "shared",
      cluster: eu,
      environments: [dev, production],
      argocdVersion: "3.5.3",
      defaultProject: "untouched",
    });
    expect(pathsOf(deliver({ controlPlanes: [shared] })).filter((path) => path.includes("default"))).toEqual([]);
  });

  test.each([
    ["root", "generated/yaml/argocd/central", false, false],
    ["root-dev", "generated/yaml/argocd/central/dev", true, true],
    ["root-production", "generated/yaml/argocd/central/production", true, false],
    ["root-platform", "generated/yaml/argocd/central/platform", true, false],
  ])("'%s' watches '%s', and prunes only where the environment does", (name, path, recurse, prune) => {
    const { document } = root(delivery, name)!;
    expect(fieldAt(document, "spec.source.path")).toBe(path);
    expect(fieldAt(document, "spec.source.directory.recurse") ?? false).toBe(recurse);
    expect(fieldAt(document, "spec.syncPolicy.automated")).toEqual({ allowEmpty: false, prune, selfHeal: true });
    expect(document.metadata.finalizers).toBeUndefined();
  });

  test("has a project for every system in every environment", () => {
    const projects = pathsOf(delivery).filter((path) => path.includes("/projects/"));
    expect(projects).toEqual([
      ...["bookshop", "warehouse"].map((system) => `argocd/central/dev/projects/${system}-dev.yaml`),
      ...["platform-eu", "secrets-eu", "secrets-us"].map((name) => `argocd/central/platform/projects/${name}.yaml`),
      ...["bookshop", "warehouse"].map((system) => `argocd/central/production/projects/${system}-production.yaml`),
    ]);
  });

  test("delivers the projects of an ApplicationSet with it, in a wave before it", () => {
    const projects = delivery
      .filter(({ owner, document }) => owner.scope === "control-plane" && document.kind === "AppProject")
      .filter(({ document }) => document.metadata.name !== "default");
    expect(projects.map(({ document }) => [document.metadata.name, document.metadata.annotations])).toEqual([
      ["recommendations-dev", { "argocd.argoproj.io/sync-wave": "-1" }],
      ["recommendations-production", { "argocd.argoproj.io/sync-wave": "-1" }],
    ]);
  });

  test("writes an ApplicationSet's Applications for reviewers only", () => {
    const paths = pathsOf(delivery).filter((path) => path.includes("recommendations"));
    expect(paths.filter((path) => path.includes("/applications/"))).toEqual([]);
    expect(paths.filter((path) => path.startsWith("expanded/"))).toEqual([
      "expanded/central/dev/recommendations-dev.yaml",
      "expanded/central/production/recommendations-production-eu.yaml",
      "expanded/central/production/recommendations-production-us.yaml",
    ]);
  });

  test("has no root for a platform that there is not", () => {
    expect(root(deliver({ clusterSystems: [] }), "root-platform")).toBeUndefined();
  });

  test("has no root for an environment without systems, or with none but those of ApplicationSets: its folder would not be there", () => {
    const bySet = bookshop.systems.filter(({ applications }) => applications === "application-set");
    expect(bySet.length).toBeGreaterThan(0);
    for (const systems of [[], bySet]) {
      const made = deliver({ systems });
      expect([root(made, "root-dev"), root(made, "root-production")]).toEqual([undefined, undefined]);
      expect(root(made, "root-platform")).toBeDefined();
    }
  });

  test("shares the environments out among the control planes", () => {
    const home = defineControlPlane({ name: "home", cluster: eu, environments: [dev], argocdVersion: "3.5.3" });
    const abroad = defineControlPlane({ name: "abroad", cluster: us, environments: [production], argocdVersion: "3.5.3" });
    const paths = pathsOf(deliver({ controlPlanes: [home, abroad] }));
    expect(paths.filter((path) => path.includes("/abroad/dev/") || path.includes("/home/production/"))).toEqual([]);
    expect(paths).toContain("argocd/abroad/production/applications/warehouse-production-us.yaml");
    expect(paths).toContain("argocd/home/dev/applications/warehouse-dev.yaml");
    // each holds the set of its own environments, and the cluster-wide systems of its own cluster
    expect(paths.filter((path) => path.includes("application-set-"))).toEqual([
      "argocd/abroad/application-set-recommendations.yaml",
      "argocd/home/application-set-recommendations.yaml",
    ]);
    expect(paths.filter((path) => path.includes("/platform/projects/"))).toEqual([
      "argocd/abroad/platform/projects/secrets-us.yaml",
      "argocd/home/platform/projects/platform-eu.yaml",
      "argocd/home/platform/projects/secrets-eu.yaml",
    ]);
    expect(pathsOf(deliver({ controlPlanes: [abroad, home] }))).toEqual(paths);
  });

  describe("delivers a cluster-wide system from exactly one control plane", () => {
    const hint = "\nhint: a cluster-wide system needs exactly one: the cluster's own, or the only one with an environment there";
    const overseas = defineClusterSystem({
      name: "overseas",
      team: bookshop.systems[0]!.team,
      clusters: [us],
      units: [{ service: secretStores.units[0]!.service, namespace: "books" }],
    });
    const central = (name: string): Definitions["controlPlanes"][number] => ({ ...bookshop.controlPlanes[0]!, name });

    test("and refuses two", () => {
      const controlPlanes = [central("east"), central("west")];
      expect(caught(() => deliver({ controlPlanes, clusterSystems: [overseas] }))).toBe(
        `cluster 'us' of 'overseas' is reached by 'east' and 'west'${hint}`,
      );
    });

    test("and refuses none", () => {
      const controlPlanes = [{ ...central("east"), environments: [dev] }];
      expect(caught(() => deliver({ controlPlanes, clusterSystems: [overseas] }))).toBe(
        `cluster 'us' of 'overseas' is reached by no control plane${hint}`,
      );
    });
  });
});
