import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Definitions } from "../../lib/definition/definitions.ts";
import type { EnvironmentDefinition } from "../../lib/definition/environment.ts";
import { readImagePins } from "../../lib/image/image-pins.ts";
import { planRepository, renderRepository } from "../../lib/synth/line.ts";
import { readSealedValues } from "../../lib/sealing/sealed-values.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { bookshopFiles, bookshopPins, bookshopSealed, renderBookshop } from "../fixtures/bookshop/render.ts";
import { caught } from "../support/caught.ts";

/** An order for each list of the definitions whose order means nothing. */
interface Orders {
  readonly systems: readonly number[];
  readonly clusterSystems: readonly number[];
  readonly environments: readonly number[];
  readonly served: readonly number[];
  readonly services: readonly number[];
  readonly calls: readonly number[];
  readonly clusters: readonly number[];
  readonly units: readonly number[];
  readonly systemEnvironments: readonly number[];
  readonly teams: readonly number[];
}

/** The list in the order of the keys that it draws from `order`. */
function shuffled<T>(list: readonly T[], order: readonly number[]): T[] {
  return list
    .map((entry, index) => ({ entry, key: order[index % order.length] ?? 0, index }))
    .sort((a, b) => a.key - b.key || a.index - b.index)
    .map(({ entry }) => entry);
}

/** The bookshop with everything registered in another order. Definitions are known by reference, so that each is replaced everywhere. */
function reordered(orders: Orders): Definitions {
  const environments = new Map<EnvironmentDefinition, EnvironmentDefinition>(
    bookshop.environments.map(({ definition }) => [
      definition,
      {
        ...definition,
        clusters: shuffled(definition.clusters, orders.clusters) as never,
        ...(definition.syncedBy && { syncedBy: shuffled(definition.syncedBy, orders.teams) }),
      },
    ]),
  );
  const environmentOf = (environment: EnvironmentDefinition): EnvironmentDefinition => environments.get(environment)!;
  const systems = new Map(
    bookshop.systems.map((system) => [
      system,
      {
        ...system,
        services: shuffled(system.services, orders.services),
        calls: shuffled(system.calls ?? [], orders.calls),
        environments: shuffled(system.environments, orders.systemEnvironments).map(environmentOf),
        deviations: (system.deviations ?? []).map((deviation) => ({ ...deviation, environment: environmentOf(deviation.environment) })),
        syncWindows: (system.syncWindows ?? []).map((entry) => ({ ...entry, environment: environmentOf(entry.environment) })),
      },
    ]),
  );
  return {
    ...bookshop,
    systems: shuffled([...systems.values()], orders.systems),
    clusterSystems: shuffled(bookshop.clusterSystems, orders.clusterSystems).map((system) => ({
      ...system,
      clusters: shuffled(system.clusters, orders.clusters),
      units: shuffled(system.units, orders.units),
    })),
    environments: shuffled(bookshop.environments, orders.environments).map(({ definition, overlays }) => ({
      definition: environmentOf(definition),
      overlays: overlays.map((entry) => ("namespaceOf" in entry ? { ...entry, namespaceOf: systems.get(entry.namespaceOf)! } : entry)),
    })),
    controlPlanes: bookshop.controlPlanes.map((controlPlane) => ({
      ...controlPlane,
      environments: shuffled(controlPlane.environments, orders.served).map(environmentOf),
    })),
  };
}

describe("the line gives the same bytes", () => {
  const once = bookshopFiles();

  test("a second time in one process", () => {
    expect(bookshopFiles()).toEqual(once);
  });

  test("whatever the order in which definitions are registered", () => {
    const order = fc.array(fc.nat(), { minLength: 1, maxLength: 6 });
    const orders = fc.record<Orders>({
      systems: order,
      clusterSystems: order,
      environments: order,
      served: order,
      services: order,
      calls: order,
      clusters: order,
      units: order,
      systemEnvironments: order,
      teams: order,
    });
    fc.assert(
      fc.property(orders, (drawn) => {
        const files = bookshopFiles(reordered(drawn));
        expect([...files]).toEqual([...once]);
      }),
      { numRuns: 15 },
    );
  });

  test("whatever the order of overlays that change different services, and of pins in their file", () => {
    const turned: Definitions = {
      ...bookshop,
      // each environment's overlays over one service keep their order: there the later one wins
      environments: bookshop.environments.map(({ definition, overlays }) => ({
        definition,
        overlays: [
          ...overlays.filter((entry) => "namespaceOf" in entry),
          ...overlays
            .filter((entry) => "services" in entry && entry.services.length === 1 && entry.services[0]!.name !== "storefront")
            .reverse(),
          ...overlays.filter((entry) => "services" in entry && entry.services.some(({ name }) => name === "storefront")),
        ],
      })),
    };
    const pins = new Map(
      [...bookshopPins].map(([environment, { pins: own, file }]) => [
        environment,
        readImagePins(
          [...own.values()]
            .map(({ key, reference }) => `${key}: ${reference.toString()}\n`)
            .reverse()
            .join(""),
          file,
        ),
      ]),
    );
    expect(bookshopFiles(turned, pins)).toEqual(once);
  });
});

describe("renderRepository", () => {
  test("checks the definitions first", () => {
    expect(caught(() => renderRepository({ definitions: { ...bookshop, controlPlanes: [] }, pins: new Map() }))).toMatch(
      /^no control plane serves the environment 'dev'\n/,
    );
  });

  test("names the unit whose construct refuses its props", () => {
    const systems = bookshop.systems.map((system) => ({
      ...system,
      services: system.services.map((service) =>
        service.name === "catalogue" ? { ...service, props: { ...service.props, port: 0 } } : service,
      ),
    }));
    const definitions = {
      ...bookshop,
      systems,
      environments: bookshop.environments.map(({ definition }) => ({ definition, overlays: [] })),
    };
    const calls = systems.map((system) => ({ ...system, calls: [] }));
    expect(
      caught(() => renderRepository({ definitions: { ...definitions, systems: calls, clusterSystems: [] }, pins: bookshopPins })),
    ).toMatch(/^'bookshop\/catalogue' in 'dev': port 'http' of container 'catalogue' is not a port number, got 0\n/);
  });

  test("tells of a pin once, though two clusters and a migration run it", () => {
    const pins = new Map(bookshopPins);
    const { file } = bookshopPins.get("production")!;
    const lines = [...bookshopPins.get("production")!.pins.values()].filter(({ key }) => key !== "warehouse/shipping");
    pins.set("production", readImagePins(lines.map(({ key, reference }) => `${key}: ${reference.toString()}\n`).join(""), file));
    const { issues } = renderBookshop(bookshop, pins);
    expect(issues.map(({ message }) => message)).toEqual(["no image pin for 'warehouse/shipping' in 'production'"]);
  });

  test("tells of ciphertexts that are missing, used by nothing or not to be read, once each", () => {
    const { file, entries } = bookshopSealed.get("production")!;
    const lines = [...entries.values()]
      .filter(({ key }) => key !== "bookshop/courier-login/password@us")
      .map(({ key, value }) => `${key}: ${value}\n`);
    const sealed = new Map([
      ...bookshopSealed,
      ["production", readSealedValues(`${lines.join("")}bookshop/old/key: ${[...entries.values()][0]!.value}\nbookshop/odd: x\n`, file)],
    ]);
    const { issues } = renderRepository({ definitions: bookshop, pins: bookshopPins, sealed });
    expect(issues.filter(({ rule }) => /seal|secret/.test(rule)).map(({ message }) => message)).toEqual([
      "no ciphertext for 'bookshop/courier-login/password@us' in 'production'",
      "'bookshop/odd' is not the key of a sealed value",
      "the ciphertext of 'bookshop/old/key' in 'production' is used by nothing",
    ]);
  });

  test("gives every object an owner and the place of its definition", () => {
    for (const { owner, source, document } of renderBookshop().manifests) {
      expect([document.kind, document.metadata.name, source?.location?.file]).toEqual([
        document.kind,
        document.metadata.name,
        expect.stringMatching(/\/test\/fixtures\/bookshop\/.+\.ts$/),
      ]);
      expect(owner.scope).toMatch(/^(environment|cluster|bootstrap|control-plane|delivery|expanded)$/);
    }
  });

  test("gives the facts over exactly what it rendered", () => {
    const { facts, manifests } = renderBookshop();
    expect(facts.manifests).toBe(manifests);
  });
});

describe("planRepository", () => {
  test("plans every file and the marker for an empty folder", () => {
    const plan = planRepository(renderBookshop(), { name: "dist", list: () => [], read: () => undefined });
    expect(plan.changes.map(({ path }) => path)).toEqual([".keelson", ...bookshopFiles().keys()].sort());
    expect(plan.unchanged).toBe(0);
  });

  test("plans what one environment owns", () => {
    const empty = { name: "dist", list: () => [], read: () => undefined };
    const { changes } = planRepository(renderBookshop(), empty, { environments: new Set(["dev"]) });
    expect(changes.filter(({ path }) => !/^(\.keelson$|(argocd\/central\/|expanded\/central\/)?dev\/)/.test(path))).toEqual([]);
    expect(changes.length).toBeGreaterThan(50);
  });
});
