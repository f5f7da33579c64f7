import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { projectFolder, shipped, shippedPins } from "../support/render-apps.ts";

// The shipped values, written out and not computed.

test("organization, repository and registry are said once, as shipped", () => {
  expect(shipped.organization).toEqual({ name: "acme", domain: "acme.example", registry: "ghcr.io/acme" });
  expect(shipped.repository).toEqual({ url: "https://github.com/acme/keelson-gitops.git", branch: "main", output: "dist" });
  expect(shipped.systems.filter(({ registry }) => registry !== undefined).map(({ name, registry }) => [name, registry])).toEqual([
    ["shop", "europe-docker.pkg.dev/acme-shop/shop"],
  ]);
});

describe("the environments", () => {
  test("are listed in promotion order, and each has its folder", () => {
    const names = shipped.environments.map(({ definition }) => definition.name);
    expect(names).toEqual(["dev", "staging", "production"]);
    for (const name of names) {
      expect(readdirSync(join(projectFolder, "environments", name))).toEqual(
        expect.arrayContaining(["environment.ts", "images.yaml", "overlays.ts"]),
      );
    }
  });

  test("all run on the one cluster 'main', which is the control plane's own", () => {
    expect(shipped.controlPlanes.map(({ name, namespace }) => [name, namespace])).toEqual([["main", "argocd"]]);
    const [{ cluster, environments } = shipped.controlPlanes[0]!] = shipped.controlPlanes;
    expect(cluster).toMatchObject({ name: "main", destination: { server: "https://kubernetes.default.svc" } });
    expect(environments).toEqual(shipped.environments.map(({ definition }) => definition));
    for (const { definition } of shipped.environments) expect(definition.clusters).toEqual([cluster]);
  });

  test("have hosts of their own, and secrets of a GCP project of their own", () => {
    expect(shipped.environments.map(({ definition: { name, domain, secretStore } }) => [name, domain, secretStore])).toEqual(
      [
        ["dev", "dev.acme.example"],
        ["staging", "staging.acme.example"],
        ["production", "acme.example"],
      ].map(([name, domain]) => [
        name,
        domain,
        expect.objectContaining({
          name: `gcp-secret-manager-${name!}`,
          kind: "ClusterSecretStore",
          provider: expect.objectContaining({ spec: { gcpsm: expect.objectContaining({ projectID: `acme-${name!}` }) } }),
        }),
      ]),
    );
  });

  test("are synced by the teams of their systems, production by 'sre' alone", () => {
    expect(shipped.environments.map(({ definition: { name, syncedBy } }) => [name, syncedBy?.map((team) => team.name)])).toEqual([
      ["dev", undefined],
      ["staging", undefined],
      ["production", ["sre"]],
    ]);
  });
});

test("each system belongs to the team that wrote it down, and runs where it said", () => {
  const everywhere = ["dev", "staging", "production"];
  expect(
    shipped.systems.map(({ name, team, environments, applications }) => [
      name,
      team.name,
      applications,
      environments.map((entry) => entry.name),
    ]),
  ).toEqual([
    ["inventory-system", "inventory-team", "per-system", ["staging", "production"]],
    ["mlops-sentiment", "ml-team", "per-system", everywhere],
    ["remla", "ml-team", "application-set", everywhere],
    ["shop", "shop-team", "per-service", everywhere],
    ["sms-stack", "ml-team", "per-service", everywhere],
  ]);
  expect(shipped.clusterSystems.map(({ name, team, clusters }) => [name, team.name, clusters.map((cluster) => cluster.name)])).toEqual([
    ["platform", "platform-team", ["main"]],
  ]);
});

test.each([...shippedPins])("the image pins of '%s' have no mistake", (_, { issues }) => {
  expect(issues).toEqual([]);
});
