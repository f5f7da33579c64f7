import { expect, test } from "@jest/globals";
import { environmentDifferences } from "../../../lib/cli/promotion/environment-differences.ts";
import type { ClusterDefinition } from "../../../lib/definition/cluster.ts";
import type { EnvironmentDefinition } from "../../../lib/definition/environment.ts";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { threeEnvironments } from "../../support/three-environments.ts";

const definitions = threeEnvironments();
const archive = definitions.systems[1]!;
const [staging, production] = archive.environments as [EnvironmentDefinition, EnvironmentDefinition];
const [eu] = staging.clusters;
const us: ClusterDefinition = { ...eu, name: "us" };

function service(environment: string, cluster: string, unit: string, port: number): Manifest {
  return {
    owner: { scope: "environment", environment, cluster, system: "archive", unit },
    document: { apiVersion: "v1", kind: "Service", metadata: { name: unit }, spec: { port } },
    source: undefined,
  };
}

test("each cluster of the target is held beside the first of the source, and what differs alike is said once", () => {
  const before = [service("staging", "eu", "vault", 80), service("staging", "us", "vault", 79)];
  const after = [service("production", "eu", "vault", 81), service("production", "us", "vault", 81)];
  const two = (
    environment: EnvironmentDefinition,
    manifests: readonly Manifest[],
  ): { environment: EnvironmentDefinition; manifests: readonly Manifest[] } => ({
    environment: { ...environment, clusters: [eu, us] },
    manifests,
  });
  const differences = (to: readonly Manifest[]): unknown[] =>
    environmentDifferences(archive, new Set(["vault"]), two(staging, before), two(production, to)).map(({ path, from, to: other }) => [
      path,
      from,
      other,
    ]);
  expect(differences(after)).toEqual([["spec.port", 80, 81]]);
  expect(differences([service("production", "eu", "vault", 80), service("production", "us", "vault", 82)])).toEqual([
    ["spec.port", 80, 82],
  ]);
});

test("what runs the image of a service is looked at with it, other services are not", () => {
  const there = (environment: EnvironmentDefinition, port: number): { environment: EnvironmentDefinition; manifests: Manifest[] } => ({
    environment,
    manifests: ["vault", "mover", "reader", "namespace"].map((unit) => service(environment.name, "eu", unit, port)),
  });
  const objects = environmentDifferences(archive, new Set(["vault"]), there(staging, 80), there(production, 81)).map(
    ({ object }) => object,
  );
  expect(objects).toEqual(["Service mover", "Service vault"]);
});
