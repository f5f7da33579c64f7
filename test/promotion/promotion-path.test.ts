import { expect, test } from "@jest/globals";
import type { EnvironmentDefinition } from "../../lib/definition/environment.ts";
import type { SystemDefinition } from "../../lib/definition/system.ts";
import { promotionSource } from "../../lib/promotion/promotion-path.ts";
import { caught } from "../support/caught.ts";
import { threeEnvironments } from "../support/three-environments.ts";

const definitions = threeEnvironments();
const [dev, staging, production] = definitions.environments.map(({ definition }) => definition) as [
  EnvironmentDefinition,
  EnvironmentDefinition,
  EnvironmentDefinition,
];
const [library, archive] = definitions.systems as [SystemDefinition, SystemDefinition];

test("pins come from the environment before, in the order of the registry", () => {
  expect(promotionSource(definitions, library, staging)).toBe(dev);
  expect(promotionSource(definitions, library, production)).toBe(staging);
  const backwards = { ...library, environments: [production, staging, dev] };
  expect(promotionSource(definitions, backwards, production)).toBe(staging);
});

test("an environment that a system does not have is no step of its way", () => {
  const short = { ...library, environments: [dev, production] };
  expect(promotionSource(definitions, short, production, "dev")).toBe(dev);
  expect(promotionSource(definitions, archive, production)).toBe(staging);
});

test("nothing is promoted into the first one", () => {
  expect(caught(() => promotionSource(definitions, archive, staging))).toBe(
    "'staging' is the first environment of 'archive': nothing is promoted into it\nhint: set its pins: keelson image set archive/<service> <image> --environment staging",
  );
});

test.each(["dev", "production", "nowhere"])("no step is left out or turned round: from %s", (from) => {
  expect(caught(() => promotionSource(definitions, library, production, from))).toBe(
    `'library' is promoted into 'production' from 'staging', got '${from}'\nhint: its way is: dev, staging, production; leave --from out, or give --from staging`,
  );
});
