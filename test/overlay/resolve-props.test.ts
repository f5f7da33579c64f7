import { describe, expect, test } from "@jest/globals";
import { overlayAll } from "../../lib/definition/construct-change.ts";
import type { RegisteredEnvironment } from "../../lib/definition/definitions.ts";
import { overlay, overlayNamespace } from "../../lib/definition/overlay.ts";
import { defineService } from "../../lib/definition/service.ts";
import { defineSystem } from "../../lib/definition/system.ts";
import { SystemNamespace } from "../../lib/namespace/system-namespace.ts";
import { layersOf, namespaceLayersOf, resolveProps } from "../../lib/overlay/resolve-props.ts";
import { WebService } from "../../lib/workload/web-service.ts";
import { Worker } from "../../lib/workload/worker.ts";
import { salesTeam } from "../fixtures/bookshop/apps/teams.ts";
import { dev } from "../fixtures/bookshop/environments/dev/environment.ts";

const till = defineService({
  name: "till",
  construct: WebService,
  props: { replicas: 1, minReadySeconds: 1, revisionHistoryLimit: 1, port: 1 },
});
const shop = defineService({ name: "shop", construct: WebService, props: { replicas: 1 } });
const packer = defineService({ name: "packer", construct: Worker, props: { replicas: 1 } });
const system = defineSystem({
  name: "bookshop",
  team: salesTeam,
  environments: [dev],
  applications: "per-system",
  services: [till, shop, packer],
  namespace: { quota: { pods: "10", "requests.cpu": "1" } },
});

const environment: RegisteredEnvironment = {
  definition: {
    ...dev,
    changes: [overlayAll(WebService, { minReadySeconds: 2, revisionHistoryLimit: 2, port: 2 }), overlayAll(WebService, { port: 3 })],
  },
  overlays: [
    overlay(till, { revisionHistoryLimit: 3 }),
    overlay(shop, { replicas: 9 }),
    overlayNamespace(system, { quota: { pods: "20" } }),
    overlay([shop, till], { port: 4 }),
    overlay(till, { port: 5 }),
  ],
};

describe("the layers of a service", () => {
  test("are its definition, the environment's changes of its construct and its overlays, each in their order", () => {
    expect(layersOf(till, environment).map(({ kind, change }) => [kind, change])).toEqual([
      ["definition", till.props],
      ["environment", { minReadySeconds: 2, revisionHistoryLimit: 2, port: 2 }],
      ["environment", { port: 3 }],
      ["overlay", { revisionHistoryLimit: 3 }],
      ["overlay", { port: 4 }],
      ["overlay", { port: 5 }],
    ]);
  });

  test("give props in which the later layer wins", () => {
    expect(resolveProps(layersOf(till, environment))).toEqual({ replicas: 1, minReadySeconds: 2, revisionHistoryLimit: 3, port: 5 });
    expect(resolveProps(layersOf(shop, environment))).toEqual({ replicas: 9, minReadySeconds: 2, revisionHistoryLimit: 2, port: 4 });
  });

  test("leave services of another construct as they were defined", () => {
    expect(layersOf(packer, environment).map(({ kind }) => kind)).toEqual(["definition"]);
    expect(resolveProps(layersOf(packer, environment))).toEqual({ replicas: 1 });
  });

  test("remember where each was written", () => {
    const lines = layersOf(till, environment).map(({ callSite }) => callSite.location?.line ?? 0);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
    expect(new Set(lines).size).toBeGreaterThan(3);
  });
});

describe("the layers of a namespace", () => {
  test("are the system's definition and the overlays of its namespace", () => {
    expect(resolveProps(namespaceLayersOf(system, SystemNamespace, environment))).toEqual({ quota: { pods: "20", "requests.cpu": "1" } });
  });

  test("take in the environment's changes of every namespace, before the overlays", () => {
    const changes = [...environment.definition.changes!, overlayAll(SystemNamespace, { quota: { pods: "15", "limits.cpu": "4" } })];
    const layers = namespaceLayersOf(system, SystemNamespace, { ...environment, definition: { ...environment.definition, changes } });
    expect(layers.map(({ kind, change }) => [kind, change])).toEqual([
      ["definition", system.namespace],
      ["environment", { quota: { pods: "15", "limits.cpu": "4" } }],
      ["overlay", { quota: { pods: "20" } }],
    ]);
    expect(resolveProps(layers)).toEqual({ quota: { pods: "20", "requests.cpu": "1", "limits.cpu": "4" } });
  });

  test("are empty props where the system says nothing", () => {
    const silent = defineSystem({ name: "silent", team: salesTeam, environments: [dev], applications: "per-system", services: [] });
    expect(resolveProps(namespaceLayersOf(silent, SystemNamespace, environment))).toEqual({});
  });
});
