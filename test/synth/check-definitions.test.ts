import { describe, expect, test } from "@jest/globals";
import { type ClusterDefinition, defineCluster } from "../../lib/definition/cluster.ts";
import { defineClusterSystem } from "../../lib/definition/cluster-system.ts";
import { defineControlPlane } from "../../lib/definition/control-plane.ts";
import type { Definitions } from "../../lib/definition/definitions.ts";
import { defineEnvironment } from "../../lib/definition/environment.ts";
import { type OverlayDefinition, overlay, overlayNamespace } from "../../lib/definition/overlay.ts";
import { defineService, type ServiceDefinition } from "../../lib/definition/service.ts";
import { defineSystem, type SystemDefinition } from "../../lib/definition/system.ts";
import type { UserError } from "../../lib/errors/user-error.ts";
import { checkDefinitions } from "../../lib/synth/check-definitions.ts";
import { WebService } from "../../lib/workload/web-service.ts";
import { Worker } from "../../lib/workload/worker.ts";
import { bookshopSystem } from "../fixtures/bookshop/apps/bookshop/system.ts";
import { shipping } from "../fixtures/bookshop/apps/warehouse/shipping.ts";
import { warehouse } from "../fixtures/bookshop/apps/warehouse/system.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { eu, us } from "../fixtures/bookshop/environments/clusters.ts";
import { dev } from "../fixtures/bookshop/environments/dev/environment.ts";
import { production } from "../fixtures/bookshop/environments/production/environment.ts";
import { caught } from "../support/caught.ts";

/** What is said of the bookshop with these changes. */
function said(changes: Partial<Definitions>): string {
  return caught(() => {
    checkDefinitions({ ...bookshop, ...changes });
  });
}

/** The bookshop's systems, and one more. */
function withSystem(props: Partial<SystemDefinition>): Partial<Definitions> {
  const antiquarian = defineSystem({
    name: "antiquarian",
    team: bookshopSystem.team,
    environments: [dev],
    applications: "per-system",
    services: [],
  });
  return { systems: [...bookshop.systems, { ...antiquarian, ...props }] };
}

/** The bookshop, and one more overlay in `dev`. */
function withOverlay(entry: OverlayDefinition): Partial<Definitions> {
  return {
    environments: bookshop.environments.map(({ definition, overlays }) => ({
      definition,
      overlays: definition === dev ? [...overlays, entry] : overlays,
    })),
  };
}

const staging = defineEnvironment({ ...dev, name: "staging" });
const appraisal = defineService({ name: "appraisal", construct: WebService, props: {} });

test("the bookshop has no contradiction", () => {
  expect(() => {
    checkDefinitions(bookshop);
  }).not.toThrow();
});

describe("what is registered twice", () => {
  test.each<[string, Partial<Definitions>]>([
    ["the system 'bookshop'", { systems: [...bookshop.systems, bookshopSystem] }],
    ["the system 'platform'", withSystem({ name: "platform" })],
    ["the environment 'dev'", { environments: [...bookshop.environments, { definition: dev, overlays: [] }] }],
    ["the control plane 'central'", { controlPlanes: [...bookshop.controlPlanes, ...bookshop.controlPlanes] }],
  ])("is %s", (what, changes) => {
    expect(said(changes)).toBe(`${what} is registered twice`);
  });

  test("is a cluster of one name and two definitions", () => {
    const other = defineCluster({ ...eu, destination: { server: "https://eu-2.clusters.paperback.example:6443" } });
    const platform = defineClusterSystem({ name: "monitoring", team: bookshopSystem.team, clusters: [other], units: [] });
    expect(said({ clusterSystems: [...bookshop.clusterSystems, platform] })).toBe(
      "two clusters are called 'eu'\nhint: each needs a name of its own",
    );
  });

  test("is the folder of two cluster-wide units", () => {
    const [secrets] = bookshop.clusterSystems;
    const archive = defineClusterSystem({ name: "archive", team: bookshopSystem.team, clusters: [eu, us], units: secrets!.units });
    expect(said({ clusterSystems: [...bookshop.clusterSystems, archive] })).toBe(
      "the systems 'secrets' and 'archive' both have a unit 'secret-stores' on cluster 'eu'\n" +
        "hint: both would be the folder clusters/eu/secret-stores: rename one",
    );
  });

  test("is no folder of units that share a name and no cluster", () => {
    const [secrets] = bookshop.clusterSystems;
    const unitsOn = (clusters: readonly ClusterDefinition[]) => secrets!.units.map((unit) => ({ ...unit, clusters }));
    const [here, there] = [
      { ...secrets!, units: unitsOn([eu]) },
      defineClusterSystem({ name: "archive", team: bookshopSystem.team, clusters: [eu, us], units: unitsOn([us]) }),
    ];
    expect(() => {
      checkDefinitions({ ...bookshop, clusterSystems: [here, there] });
    }).not.toThrow();
  });
});

describe("a system", () => {
  test("runs in registered environments only", () => {
    expect(said(withSystem({ environments: [dev, staging] }))).toBe(
      "system 'antiquarian' has the environment 'staging', which is not registered\nhint: list it in environments/registry.ts",
    );
  });

  test("is not fooled by an environment of the same name", () => {
    expect(said(withSystem({ environments: [defineEnvironment({ ...dev })] }))).toMatch(
      /^system 'antiquarian' has the environment 'dev', which is not registered/,
    );
  });

  test.each([
    ["another mode", eu, "ambient" as const],
    ["no mesh", { ...eu, mesh: undefined }, "sidecar" as const],
  ])("joins a mesh that each of its clusters has: refused for %s", (_, cluster, mesh) => {
    const shed = { ...dev, clusters: [{ ...cluster, name: "shed" }] as const };
    const { systems } = withSystem({ mesh, environments: [shed] });
    expect(said({ systems: systems!.slice(-1), environments: [{ definition: shed, overlays: [] }] })).toBe(
      `system 'antiquarian' wants a mesh in mode '${mesh}', which cluster 'shed' has not\n` +
        "hint: declare the mesh in the cluster's definition, or take it out of the system's",
    );
  });

  test.each<[string, Partial<SystemDefinition>]>([
    ["a deviation", { deviations: [{ environment: production, policy: {}, reason: "old books are sold slowly" }] }],
    ["sync windows", { syncWindows: [{ environment: production, windows: [] }] }],
  ])("says %s of its own environments only", (_, props) => {
    expect(said(withSystem(props))).toBe("system 'antiquarian' says something of the environment 'production', in which it does not run");
  });

  test("knows no sync wave where every service is an Application of its own", () => {
    const packer = defineService({ name: "packer", construct: Worker, props: {}, syncWave: 1 });
    expect(said(withSystem({ applications: "per-service", services: [packer] }))).toBe(
      "'antiquarian/packer' has a sync wave, but every service of 'antiquarian' is an Application of its own\n" +
        'hint: waves order objects inside one Application: make it applications: "per-system", or rely on retries',
    );
  });

  test.each(["per-system", "application-set"] as const)("knows sync waves with applications: %j", (applications) => {
    const packer = defineService({ name: "packer", construct: Worker, props: {}, syncWave: 1 });
    expect(() => {
      checkDefinitions({ ...bookshop, ...withSystem({ applications, services: [packer] }) });
    }).not.toThrow();
  });

  test("runs its own images only", () => {
    const packer = defineService({ name: "packer", construct: Worker, props: {}, imageOf: shipping });
    expect(said(withSystem({ services: [packer] }))).toBe(
      "'antiquarian/packer' runs the image of 'shipping', which is not a service of 'antiquarian'",
    );
  });

  test("runs an image at first hand", () => {
    const packer = defineService({ name: "packer", construct: Worker, props: {}, imageOf: appraisal });
    const wrapper = defineService({ name: "wrapper", construct: Worker, props: {}, imageOf: packer });
    expect(said(withSystem({ services: [appraisal, packer, wrapper] }))).toBe(
      "'antiquarian/wrapper' runs the image of 'packer', which runs that of 'appraisal'\nhint: say imageOf 'appraisal'",
    );
  });
});

describe("an overlay", () => {
  test("changes a service of a registered system: candidates nearest first", () => {
    const cataloque = defineService({ name: "cataloque", construct: WebService, props: {} });
    expect(said(withOverlay(overlay(cataloque, { replicas: 2 })))).toBe(
      "an overlay in 'dev' changes service 'cataloque', which no system registered there has\n" +
        "hint: list it in its system.ts, the system in apps/tenants.ts, and the environment in the system, or remove the overlay; known there: " +
        "'catalogue', 'migration', 'shipping', 'recommender', 'stock-database'",
    );
  });

  test.each([["catalog"], [undefined]])("changes a service itself, not %j: candidates nearest first", (service) => {
    expect(said(withOverlay(overlay(service as unknown as ServiceDefinition, {})))).toMatch(
      new RegExp(
        `^an overlay in 'dev' changes '${String(service)}', which is no service\\nhint: hand over the service itself, imported from its file; known there: '`,
      ),
    );
  });

  test("changes the namespace of a system itself, not of its name", () => {
    expect(said(withOverlay(overlayNamespace("bookshop" as unknown as SystemDefinition, {})))).toBe(
      "an overlay in 'dev' changes 'bookshop', which is no system\n" +
        "hint: hand over the system itself, imported from its file; known there: 'bookshop', 'warehouse', 'recommendations'",
    );
  });

  test("is told at its own place", () => {
    const entry = overlay(appraisal, {});
    let place: unknown;
    try {
      checkDefinitions({ ...bookshop, ...withOverlay(entry) });
    } catch (error) {
      place = (error as UserError).at;
    }
    expect(place).toBe(entry.callSite);
  });

  test("names the one stranger of a list", () => {
    const [catalogue] = bookshopSystem.services.filter(({ name }) => name === "catalogue");
    expect(said(withOverlay({ services: [catalogue!, appraisal], change: {}, callSite: appraisal.callSite }))).toMatch(
      /^an overlay in 'dev' changes service 'appraisal', which no system registered there has\n/,
    );
  });

  test("changes a system that runs in that environment", () => {
    const onlyProduction = { ...warehouse, environments: [production] };
    expect(
      said({
        systems: bookshop.systems.map((system) => (system === warehouse ? onlyProduction : system)),
        ...withOverlay(overlay(shipping, {})),
      }),
    ).toBe(
      // the bookshop's own overlay over the stock report comes first
      "an overlay in 'dev' changes service 'stock-report', which no system registered there has\n" +
        "hint: list it in its system.ts, the system in apps/tenants.ts, and the environment in the system, or remove the overlay; known there: " +
        "'storefront', 'recommender', 'catalogue', 'ranking-model'",
    );
  });

  test("changes the namespace of a system that runs there", () => {
    const { systems } = withSystem({ environments: [production] });
    const antiquarian = systems!.at(-1)!;
    expect(said({ systems, ...withOverlay(overlayNamespace(antiquarian, { quota: { pods: "3" } })) })).toBe(
      "an overlay in 'dev' changes the namespace of 'antiquarian', which no system registered there has\n" +
        "hint: list it in its system.ts, the system in apps/tenants.ts, and the environment in the system, or remove the overlay; known there: " +
        "'warehouse', 'bookshop', 'recommendations'",
    );
  });

  test("in an environment without systems has no candidates", () => {
    expect(said({ systems: [], ...withOverlay(overlay(appraisal, {})) })).toMatch(/; known there: none$/);
  });
});

describe("an environment", () => {
  const [central] = bookshop.controlPlanes;
  const hint = "\nhint: list every environment under exactly one control plane in environments/registry.ts";

  test("is served by a control plane", () => {
    expect(said({ controlPlanes: [{ ...central!, environments: [dev] }] })).toBe(
      `no control plane serves the environment 'production'${hint}`,
    );
  });

  test("is not served by two", () => {
    const other = defineControlPlane({ name: "overseas", cluster: eu, environments: [production], argocdVersion: "3.5.3" });
    expect(said({ controlPlanes: [central!, other] })).toBe(`the environment 'production' is served by 'central' and 'overseas'${hint}`);
  });

  test("that is served is registered too", () => {
    expect(said({ controlPlanes: [{ ...central!, environments: [dev, production, staging] }] })).toBe(
      "control plane 'central' serves the environment 'staging', which is not registered\nhint: list it in environments/registry.ts",
    );
  });

  test("is not delivered to the control plane's cluster in another's stead", () => {
    const overseas = defineControlPlane({ name: "overseas", cluster: us, environments: [production], argocdVersion: "3.5.3" });
    expect(said({ controlPlanes: [{ ...central!, environments: [dev] }, overseas] })).toBe(
      "control plane 'overseas' would take its own cluster 'us' for cluster 'eu'\n" +
        "hint: 'https://kubernetes.default.svc' is the cluster that Argo CD runs in: give 'eu' the address that others reach it by",
    );
  });
});
