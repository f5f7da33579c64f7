import { describe, expect, test } from "@jest/globals";
import { defineCluster } from "../../lib/definition/cluster.ts";
import { defineClusterSystem } from "../../lib/definition/cluster-system.ts";
import { defineControlPlane } from "../../lib/definition/control-plane.ts";
import { defineEnvironment } from "../../lib/definition/environment.ts";
import { namespaceOf } from "../../lib/definition/namespace-of.ts";
import { requireName, requireUniqueNames } from "../../lib/definition/name.ts";
import { defineService } from "../../lib/definition/service.ts";
import { defineSystem } from "../../lib/definition/system.ts";
import { defineTeam } from "../../lib/definition/team.ts";
import { Worker } from "../../lib/workload/worker.ts";
import { salesTeam } from "../fixtures/bookshop/apps/teams.ts";
import { eu, us } from "../fixtures/bookshop/environments/clusters.ts";
import { dev } from "../fixtures/bookshop/environments/dev/environment.ts";
import { caught } from "../support/caught.ts";

const rule = (most: number): string =>
  `hint: use at most ${most} lower-case letters, digits and '-', starting with a letter and ending with a letter or digit`;

describe("requireName", () => {
  test.each(["a", "shop", "order-service", "v2", "a--b", "x".repeat(40)])("takes '%s'", (name) => {
    expect(() => {
      requireName("service", name);
    }).not.toThrow();
  });

  test.each(["", "Shop", "2shop", "-shop", "shop-", "order_service", "order.service", "bücher", "a b", "shop\n", "x".repeat(41)])(
    "refuses '%s'",
    (name) => {
      expect(
        caught(() => {
          requireName("service", name);
        }),
      ).toBe(`the service name '${name}' cannot be used\n${rule(40)}`);
    },
  );
});

describe("every definition with a name", () => {
  const policy = dev.policy;
  test.each([
    ["cluster", 40, (name: string) => defineCluster({ ...eu, name })],
    ["control plane", 40, (name: string) => defineControlPlane({ name, cluster: eu, environments: [dev], argocdVersion: "3.5.3" })],
    ["environment", 20, (name: string) => defineEnvironment({ name, clusters: [eu], domain: "books.example", policy })],
    ["service", 40, (name: string) => defineService({ name, construct: Worker, props: {} })],
    ["system", 40, (name: string) => defineSystem({ name, team: salesTeam, environments: [], applications: "per-system", services: [] })],
    ["system", 40, (name: string) => defineClusterSystem({ name, team: salesTeam, clusters: [], units: [] })],
    ["team", 40, (name: string) => defineTeam({ name, codeOwners: [], alerts: { slackChannel: "books" } })],
  ])("refuses a %s name longer than %i, or with a capital", (what, most, define) => {
    const longest = "b".repeat(most);
    expect(define(longest).name).toBe(longest);
    expect(caught(() => define(`${longest}b`))).toBe(`the ${what} name '${longest}b' cannot be used\n${rule(most)}`);
    expect(caught(() => define("Books"))).toBe(`the ${what} name 'Books' cannot be used\n${rule(most)}`);
  });

  test("leaves room for a Namespace's name of 63 letters", () => {
    expect(namespaceOf({ name: "b".repeat(40) }, { name: "d".repeat(20) }).length).toBeLessThanOrEqual(63);
    expect(namespaceOf({ name: "bookshop" }, { name: "dev" })).toBe("bookshop-dev");
  });
});

describe("a name that is taken", () => {
  test("is 'namespace' for a service: the unit that every system has", () => {
    expect(caught(() => defineService({ name: "namespace", construct: Worker, props: {} }))).toBe(
      "a service cannot be called 'namespace'\nhint: that is the unit of what belongs to the system as a whole",
    );
  });

  test.each(["argocd", "bootstrap", "clusters", "expanded", "platform"])("is '%s' for an environment: a folder of dist/", (name) => {
    expect(caught(() => defineEnvironment({ ...dev, name }))).toBe(
      `an environment cannot be called '${name}'\nhint: these names are taken: 'argocd', 'bootstrap', 'clusters', 'expanded', 'platform'`,
    );
  });
});

describe("a name that stands twice in a list", () => {
  const packer = defineService({ name: "packer", construct: Worker, props: {} });
  const other = defineService({ name: "packer", construct: Worker, props: {} });
  const system = { name: "warehouse", team: salesTeam, environments: [dev], applications: "per-system", services: [packer] } as const;

  test("is refused, the first one named", () => {
    expect(
      caught(() => {
        requireUniqueNames("shelf of 'warehouse'", [{ name: "a" }, { name: "b" }, { name: "b" }, { name: "a" }]);
      }),
    ).toBe("the shelf of 'warehouse' 'b' is listed twice");
  });

  test.each([
    ["service", "the service of system 'warehouse' 'packer' is listed twice", () => defineSystem({ ...system, services: [packer, other] })],
    [
      "environment",
      "the environment of system 'warehouse' 'dev' is listed twice",
      () => defineSystem({ ...system, environments: [dev, dev] }),
    ],
    [
      "cluster of an environment",
      "the cluster of environment 'dev' 'eu' is listed twice",
      () => defineEnvironment({ ...dev, clusters: [eu, eu] }),
    ],
    [
      "environment of a control plane",
      "the environment of control plane 'central' 'dev' is listed twice",
      () => defineControlPlane({ name: "central", cluster: eu, environments: [dev, dev], argocdVersion: "3.5.3" }),
    ],
    [
      "unit",
      "the unit of system 'platform' 'packer' is listed twice",
      () =>
        defineClusterSystem({
          name: "platform",
          team: salesTeam,
          clusters: [eu],
          units: [packer, other].map((service) => ({ service, namespace: "books" })),
        }),
    ],
    [
      "cluster of a system",
      "the cluster of system 'platform' 'eu' is listed twice",
      () => defineClusterSystem({ name: "platform", team: salesTeam, clusters: [eu, eu], units: [] }),
    ],
  ])("is refused for a %s", (_, message, define) => {
    expect(caught(define)).toBe(message);
  });
});

test("a unit of a cluster-wide system is on clusters of the system", () => {
  const service = defineService({ name: "packer", construct: Worker, props: {} });
  expect(
    caught(() =>
      defineClusterSystem({ name: "platform", team: salesTeam, clusters: [eu], units: [{ service, namespace: "books", clusters: [us] }] }),
    ),
  ).toBe("a unit of system 'platform' is on cluster 'us', where the system is not\nhint: list the cluster under clusters of the system");
});

test("fails for a unit with a sync wave, which would order nothing", () => {
  const packer = defineService({ name: "packer", construct: Worker, props: {}, syncWave: 1 });
  expect(
    caught(() =>
      defineClusterSystem({ name: "platform", team: salesTeam, clusters: [eu], units: [{ service: packer, namespace: "books" }] }),
    ),
  ).toBe(
    "the unit 'packer' of system 'platform' has a sync wave, but is an Application of its own\n" +
      "hint: waves order objects inside one Application: leave it out, and rely on retries",
  );
});
