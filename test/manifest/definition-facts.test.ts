import { describe, expect, test } from "@jest/globals";
import { defineControlPlane } from "../../lib/definition/control-plane.ts";
import { DefinitionFacts } from "../../lib/manifest/definition-facts.ts";
import type { Owner } from "../../lib/manifest/manifest.ts";
import { bookshopWorld } from "../support/bookshop-world.ts";
import { catalogue, platform, unitOf } from "../support/manifests.ts";

const world = bookshopWorld();
const facts = new DefinitionFacts(world);
const inProduction = unitOf("catalogue", { environment: "production", cluster: "production-eu" });
const delivery: Owner = { scope: "delivery", controlPlane: "central", group: "production", environment: "production" };
const platformDelivery: Owner = { scope: "delivery", controlPlane: "central", group: "platform", environment: undefined };
const root: Owner = { scope: "control-plane", controlPlane: "central" };
const expanded: Owner = { scope: "expanded", controlPlane: "central", applicationSet: "bookshop", environment: "production" };
const onCluster = (cluster: string): Owner => ({ scope: "cluster", cluster, system: "platform", unit: "secret-stores" });
const productionPlatform = onCluster("production-eu");

describe("DefinitionFacts", () => {
  test.each<[string, Owner, string | undefined]>([
    ["a unit", catalogue, "dev"],
    ["what delivers an environment", delivery, "production"],
    ["what an ApplicationSet makes", expanded, "production"],
    ["a cluster-wide unit", platform, undefined],
    ["what delivers the platform", platformDelivery, undefined],
    ["a root", root, undefined],
    ["a unit of an environment that nobody defined", unitOf("catalogue", { environment: "demo" }), undefined],
  ])("knows the environment of %s", (_title, owner, name) => {
    expect(facts.environmentOf(owner)?.name).toBe(name);
  });

  test.each<[string, Owner, string | undefined]>([
    ["a unit lands on its own", inProduction, "production-eu"],
    ["a cluster-wide unit lands on its own", platform, "dev-eu"],
    ["what Argo CD reads lands on Argo CD's", delivery, "dev-eu"],
    ["a root lands on Argo CD's", root, "dev-eu"],
    ["a unit of a cluster that nobody defined", unitOf("catalogue", { cluster: "demo" }), undefined],
    ["a root of a control plane that nobody defined", { scope: "control-plane", controlPlane: "demo" }, undefined],
  ])("knows the cluster: %s", (_title, owner, name) => {
    expect(facts.clusterOf(owner)?.name).toBe(name);
  });

  test.each<[string, Owner, string | undefined]>([
    ["an environment", inProduction, "central"],
    ["an object of its own", root, "central"],
    ["the cluster that it runs in", platform, "central"],
    ["a cluster where it serves an environment", productionPlatform, "central"],
    ["nothing of a cluster that nobody defined", onCluster("demo"), undefined],
  ])("knows the control plane that delivers %s", (_title, owner, name) => {
    expect(facts.controlPlaneOf(owner)?.name).toBe(name);
  });

  test("prefers a cluster's own control plane to one that serves an environment there", () => {
    const [production] = world.environments.flatMap(({ definition }) => (definition.name === "production" ? [definition] : []));
    const own = defineControlPlane({ name: "own", cluster: production!.clusters[0], environments: [], argocdVersion: "3.5.3" });
    const two = new DefinitionFacts({ ...world, controlPlanes: [...world.controlPlanes, own] });
    expect(two.controlPlaneOf(productionPlatform)?.name).toBe("own");
    expect(two.controlPlaneOf(inProduction)?.name).toBe("central");
  });

  test("calls production what stands behind a reviewed pull request", () => {
    expect([catalogue, inProduction, delivery, expanded, platform, root].map((owner) => facts.isProduction(owner))).toEqual([
      ...[false, true, true, true, false, false],
    ]);
  });
});
