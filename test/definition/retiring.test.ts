import { describe, expect, test } from "@jest/globals";
import { defineClusterSystem, type ClusterSystemDefinition } from "../../lib/definition/cluster-system.ts";
import { defineSystem, type SystemDefinition, type SystemProps } from "../../lib/definition/system.ts";
import { bookshopWorld } from "../support/bookshop-world.ts";
import { caught } from "../support/caught.ts";

const bookshop = bookshopWorld().systems[0]!;
const [dev, staging, production] = bookshop.environments;
const role = { group: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "reader" };

function define(retiring: SystemProps["retiring"]): SystemDefinition {
  return defineSystem({ ...bookshop, environments: [dev!, staging!], retiring });
}

describe("what retires of a system", () => {
  test("has a reason, names something, and is where the system is", () => {
    const leaves = [{ environment: dev!, reason: "the reader left", clusterObjects: [role] }];
    expect(define(leaves).retiring).toEqual(leaves);
    expect(caught(() => define([{ environment: dev!, reason: " ", clusterObjects: [role] }]))).toBe(
      "what retires of system 'bookshop' in 'dev' has no reason\nhint: say what leaves, and what it waits for",
    );
    expect(caught(() => define([{ environment: dev!, reason: "the reader left", destinations: [] }]))).toBe(
      "what retires of system 'bookshop' in 'dev' names nothing\nhint: give clusterObjects or destinations, or take it out",
    );
    expect(caught(() => define([{ environment: production!, reason: "the reader left", clusterObjects: [role] }]))).toBe(
      "what retires of system 'bookshop' in 'production' is in a place where the system is not\nhint: it is in: 'dev', 'staging'",
    );
  });

  test("is checked for cluster-wide systems too", () => {
    const [here, there] = [dev!.clusters[0], production!.clusters[0]];
    const retiring = [{ cluster: there, reason: "the reader left", clusterObjects: [role] }];
    const platform = (cluster: typeof here): ClusterSystemDefinition =>
      defineClusterSystem({ name: "platform", team: bookshop.team, clusters: [cluster], units: [], retiring });
    expect(platform(there).retiring).toEqual(retiring);
    expect(caught(() => platform(here))).toBe(
      "what retires of system 'platform' in 'production-eu' is in a place where the system is not\nhint: it is in: 'dev-eu'",
    );
  });
});
