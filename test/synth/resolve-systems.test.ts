import { describe, expect, test } from "@jest/globals";
import { defineClusterSystem } from "../../lib/definition/cluster-system.ts";
import { overlayAll } from "../../lib/definition/construct-change.ts";
import type { Definitions } from "../../lib/definition/definitions.ts";
import { SyncMode } from "../../lib/definition/environment-policy.ts";
import { overlay } from "../../lib/definition/overlay.ts";
import { defineService } from "../../lib/definition/service.ts";
import { defineSystem } from "../../lib/definition/system.ts";
import { resolveProps } from "../../lib/overlay/resolve-props.ts";
import { type ResolvedUnit, resolveSystems } from "../../lib/synth/resolve-systems.ts";
import { WebService } from "../../lib/workload/web-service.ts";
import { Worker } from "../../lib/workload/worker.ts";
import { storefront } from "../fixtures/bookshop/apps/bookshop/storefront.ts";
import { secretStores } from "../fixtures/bookshop/apps/platform/system.ts";
import { salesTeam } from "../fixtures/bookshop/apps/teams.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { bookshopPins } from "../fixtures/bookshop/render.ts";
import { us } from "../fixtures/bookshop/environments/clusters.ts";
import { dev } from "../fixtures/bookshop/environments/dev/environment.ts";
import { caught } from "../support/caught.ts";

const resolved = resolveSystems(bookshop, bookshopPins);

function unitOf(system: string, environment: string, unit: string, cluster = "eu"): ResolvedUnit {
  const { units } = resolved.systems.find((entry) => entry.system.name === system && entry.environment.name === environment)!;
  return units.find(({ name, owner }) => name === unit && "cluster" in owner && owner.cluster === cluster)!;
}

describe("resolveSystems", () => {
  test("gives each system in each of its environments, by name", () => {
    expect(resolved.systems.map(({ system, environment }) => `${system.name} in ${environment.name}`)).toEqual([
      "bookshop in dev",
      "bookshop in production",
      "recommendations in dev",
      "recommendations in production",
      "warehouse in dev",
      "warehouse in production",
    ]);
    expect(resolved.clusterSystems.map(({ system, cluster }) => `${system.name} on ${cluster.name}`)).toEqual([
      "platform on eu",
      "secrets on eu",
      "secrets on us",
    ]);
  });

  test("gives every unit on every cluster, the namespace's first", () => {
    const production = resolved.systems.find(({ system, environment }) => system.name === "bookshop" && environment.name === "production")!;
    expect(production.units.map(({ owner }) => owner)).toEqual(
      ["eu", "us"].flatMap((cluster) =>
        ["namespace", "catalogue", "storefront"].map((unit) => ({
          scope: "environment",
          environment: "production",
          cluster,
          system: "bookshop",
          unit,
        })),
      ),
    );
  });

  test("gives a unit of a cluster-wide system on the clusters that it names only", () => {
    const [first] = secretStores.units;
    const here = defineClusterSystem({ ...secretStores, units: [{ ...first!, clusters: [us] }] });
    const { clusterSystems } = resolveSystems({ ...bookshop, clusterSystems: [here] }, bookshopPins);
    const unitsOf = (cluster: string) => clusterSystems.find((entry) => entry.cluster.name === cluster)?.units.map(({ name }) => name);
    expect(unitsOf("us")).toContain(first!.service.name);
    // and with no unit left the system is not there at all
    expect(unitsOf("eu")).toBeUndefined();
  });

  test("tells a unit its place, and not its environment's name but in labels", () => {
    const { context, title } = unitOf("bookshop", "dev", "catalogue");
    const { images, sealed, cluster, ...place } = context;
    expect(title).toBe("'bookshop/catalogue' in 'dev'");
    expect(place).toEqual({
      system: "bookshop",
      unit: "catalogue",
      namespace: "bookshop-dev",
      host: "catalogue.dev.paperback.example",
      labels: {
        "app.kubernetes.io/name": "catalogue",
        "app.kubernetes.io/part-of": "bookshop",
        "app.kubernetes.io/managed-by": "keelson",
        "keelson.dev/environment": "dev",
        "keelson.dev/team": "sales-team",
      },
      annotations: {},
      calls: { from: [{ unit: "storefront", podLabels: { "app.kubernetes.io/name": "storefront" }, ports: { http: 8080 } }], to: [] },
      secretStore: expect.objectContaining({ name: "dev-vault", kind: "ClusterSecretStore" }),
    });
    expect(cluster.ingress.class.name).toBe("nginx");
    expect(sealed.take("courier-login", "password")).toBe("no-ciphertext");
    expect(images.take()).toMatch(/^registry\.paperback\.example:5000\/shop\/catalogue:sha-/);
  });

  test("tells both sides of a call about each other, with the ports that are served after the overlays", () => {
    const { calls } = unitOf("warehouse", "dev", "stock-database").context;
    expect(calls.from.map(({ unit, ports }) => [unit, ports])).toEqual(
      ["migration", "shipping", "stock-report"].map((unit) => [unit, { postgresql: 5432, admin: 9091 }]),
    );
    const moved: Definitions = {
      ...bookshop,
      environments: bookshop.environments.map(({ definition, overlays }) => ({
        definition,
        overlays: [...overlays, overlay(storefront, {}), overlay(bookshop.systems[1]!.services[1] as typeof storefront, { port: 8888 })],
      })),
    };
    const caller = resolveSystems(moved, bookshopPins).systems[0]!.units.find(({ name }) => name === "storefront")!;
    expect(caller.context.calls.to).toEqual([
      { unit: "catalogue", podLabels: { "app.kubernetes.io/name": "catalogue" }, ports: { http: 8888 } },
    ]);
  });

  test("gives a service its wave and its mesh, and the namespace neither wave nor calls", () => {
    expect(unitOf("warehouse", "dev", "stock-database").context.annotations).toEqual({ "argocd.argoproj.io/sync-wave": "-1" });
    expect(unitOf("recommendations", "dev", "recommender").context.mesh).toBe("sidecar");
    expect(unitOf("warehouse", "dev", "namespace").context).toMatchObject({ annotations: {}, calls: { from: [], to: [] } });
  });

  test("takes the pins of the service that another one's image is of", () => {
    const migration = unitOf("warehouse", "dev", "migration").context.images.take();
    expect(migration).toBe(unitOf("warehouse", "dev", "shipping").context.images.take());
    expect(migration).toMatch(/^registry\.paperback\.example\/books\/shipping:sha-/);
  });

  test("lays a deviation over the environment's policy, key by key", () => {
    const policies = resolved.systems.map(({ system, environment, policy }) => [`${system.name} ${environment.name}`, policy]);
    const { production, deviating } = {
      production: bookshop.environments[1]!.definition.policy,
      deviating: { sync: SyncMode.automated({ prune: false, selfHeal: true }), images: { tag: "any", digest: "required" } },
    };
    expect(Object.fromEntries(policies)).toMatchObject({
      "bookshop production": production,
      "warehouse production": production,
      "recommendations production": { ...production, ...deviating },
      "recommendations dev": dev.policy,
    });
  });

  test("keeps the layers of props apart, in their order", () => {
    const { layers } = unitOf("bookshop", "production", "catalogue");
    expect(layers.map(({ kind }) => kind)).toEqual(["definition", "environment", "overlay", "overlay"]);
    expect(resolveProps(layers)).toMatchObject({ autoscaling: { minReplicas: 3, maxReplicas: 12, cpu: 70 }, metrics: {} });
    expect(unitOf("bookshop", "dev", "storefront").layers.map(({ kind }) => kind)).toEqual(["definition", "overlay", "overlay"]);
    expect(unitOf("bookshop", "dev", "namespace").layers.map(({ kind }) => kind)).toEqual(["definition", "overlay"]);
  });

  test("lays an environment's change over the services of that construct only", () => {
    const environments = bookshop.environments.map(({ definition, overlays }) => ({
      definition: { ...definition, changes: [overlayAll(Worker, { minReadySeconds: 99 })] },
      overlays,
    }));
    const changed = new Map(bookshop.environments.map(({ definition }, index) => [definition, environments[index]!.definition]));
    const systems = bookshop.systems.map((system) => ({
      ...system,
      environments: system.environments.map((environment) => changed.get(environment)!),
    }));
    const { systems: all } = resolveSystems({ ...bookshop, systems, environments }, bookshopPins);
    const withChange = all.flatMap(({ units }) => units).filter(({ layers }) => layers.some(({ kind }) => kind === "environment"));
    expect(new Set(withChange.map(({ name }) => name))).toEqual(new Set(["shipping"]));
  });

  test("refuses a call to a service that serves no port", () => {
    const [caller, packer] = [
      defineService({ name: "till", construct: WebService, props: {} }),
      defineService({ name: "packer", construct: Worker, props: {} }),
    ];
    const system = defineSystem({
      name: "antiquarian",
      team: salesTeam,
      environments: [dev],
      applications: "per-system",
      services: [caller, packer],
      calls: [{ from: caller, to: packer }],
    });
    expect(caught(() => resolveSystems({ ...bookshop, systems: [system] }, bookshopPins))).toBe(
      "'antiquarian/till' calls 'packer', which serves no port\nhint: give it a construct that serves one, or remove the call",
    );
  });

  test("counts an environment whose pins were not read as a bug", () => {
    expect(() => resolveSystems(bookshop, new Map())).toThrow("no pins were read for environment 'dev'");
  });
});
