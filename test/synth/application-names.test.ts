import { describe, expect, test } from "@jest/globals";
import { applicationsOf } from "../../lib/synth/application-names.ts";
import { type ResolvedSystem, resolveSystems } from "../../lib/synth/resolve-systems.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { us, eu } from "../fixtures/bookshop/environments/clusters.ts";
import { bookshopPins } from "../fixtures/bookshop/render.ts";

const { systems } = resolveSystems(bookshop, bookshopPins);

function resolved(system: string, environment: string): ResolvedSystem {
  return systems.find((entry) => entry.system.name === system && entry.environment.name === environment)!;
}

describe("the Applications of a system", () => {
  test.each([
    ["bookshop", "dev", ["bookshop-namespace-dev", "bookshop-catalogue-dev", "bookshop-storefront-dev"]],
    [
      "bookshop",
      "production",
      ["eu", "us"].flatMap((cluster) => ["namespace", "catalogue", "storefront"].map((unit) => `bookshop-${unit}-production-${cluster}`)),
    ],
    ["warehouse", "dev", ["warehouse-dev"]],
    ["warehouse", "production", ["warehouse-production-eu", "warehouse-production-us"]],
    ["recommendations", "production", ["recommendations-production-eu", "recommendations-production-us"]],
  ])("%s in %s name the cluster only where there are several", (system, environment, names) => {
    expect(applicationsOf(resolved(system, environment)).map(({ name }) => name)).toEqual(names);
  });

  test("hold one unit, or all of them", () => {
    expect(applicationsOf(resolved("bookshop", "dev")).map(({ unit }) => unit)).toEqual(["namespace", "catalogue", "storefront"]);
    expect(applicationsOf(resolved("warehouse", "dev")).map(({ unit }) => unit)).toEqual([undefined]);
  });

  test("are the same whatever the order of the clusters", () => {
    const entry = resolved("bookshop", "production");
    const turned = { ...entry, environment: { ...entry.environment, clusters: [us, eu] as const } };
    expect(applicationsOf(turned)).toEqual(applicationsOf(entry));
  });
});
