import { describe, expect, test } from "@jest/globals";
import { namedEnvironment, namedService, namedServices } from "../../lib/cli/named-service.ts";
import { policyOf } from "../../lib/definition/policy-of.ts";
import { bookshopSystem } from "../fixtures/bookshop/apps/bookshop/system.ts";
import { storefront } from "../fixtures/bookshop/apps/bookshop/storefront.ts";
import { recommendations } from "../fixtures/bookshop/apps/recommendations/system.ts";
import { warehouse } from "../fixtures/bookshop/apps/warehouse/system.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { dev } from "../fixtures/bookshop/environments/dev/environment.ts";
import { production } from "../fixtures/bookshop/environments/production/environment.ts";
import { caught } from "../support/caught.ts";

test("finds a service with its container, track and policy", () => {
  expect(namedService(bookshop, "bookshop/storefront:cover-cache@canary", "dev")).toEqual({
    system: bookshopSystem,
    service: storefront,
    environment: dev,
    policy: dev.policy,
    container: "cover-cache",
    track: "canary",
    text: "bookshop/storefront:cover-cache@canary",
  });
  expect(namedService(bookshop, "recommendations/recommender", "production").policy).toEqual(policyOf(recommendations, production));
  expect(namedEnvironment(bookshop, "production")).toBe(production);
});

test("finds one service, or all of a system that have pins of their own", () => {
  expect(namedServices(bookshop, "bookshop/storefront", "dev").map(({ text }) => text)).toEqual(["bookshop/storefront"]);
  const own = namedServices(bookshop, "warehouse", "dev");
  expect(own.map(({ text }) => text)).toEqual(["warehouse/stock-report", "warehouse/shipping", "warehouse/stock-database"]);
  expect(own.map(({ service }) => service)).toEqual(warehouse.services.filter(({ name }) => name !== "migration"));
});

describe("one clear error", () => {
  const absent = { ...bookshop, systems: bookshop.systems.map((system) => ({ ...system, environments: [dev] })) };
  const empty = { ...bookshop, systems: bookshop.systems.map((system) => ({ ...system, services: [] })) };
  test.each([
    [
      "an unknown environment",
      () => namedService(bookshop, "bookshop/storefront", "prod"),
      "there is no environment 'prod'\nhint: the environments are: 'dev', 'production'",
    ],
    [
      "no service's name",
      () => namedService(bookshop, "bookshop", "dev"),
      "'bookshop' names no service\nhint: write <system>/<service>, then :<container> or @<track> where one is meant",
    ],
    [
      "an unknown system",
      () => namedService(bookshop, "bokshop/storefront", "dev"),
      "there is no system 'bokshop'\nhint: the systems are: 'bookshop', 'warehouse', 'recommendations'",
    ],
    [
      "a system of clusters",
      () => namedServices(bookshop, "platform", "dev"),
      "the system 'platform' belongs to clusters, and has no image pins\nhint: the systems that have some are: 'bookshop', 'warehouse', 'recommendations'",
    ],
    [
      "an unknown service",
      () => namedService(bookshop, "bookshop/catalog", "dev"),
      "the system 'bookshop' has no service 'catalog'\nhint: its services are: 'catalogue', 'storefront'",
    ],
    [
      "a service that runs another's image",
      () => namedService(bookshop, "warehouse/migration", "dev"),
      "'warehouse/migration' has no pin of its own: it runs the image of 'shipping'\nhint: name 'warehouse/shipping': both move with its pin",
    ],
    [
      "a system that is elsewhere",
      () => namedServices(absent, "bookshop", "production"),
      "the system 'bookshop' does not run in 'production'\nhint: it runs in: 'dev'",
    ],
    ["a system without services", () => namedServices(empty, "bookshop", "dev"), "the system 'bookshop' has no service, and so no pins"],
    [
      "a service of none",
      () => namedService(empty, "bookshop/cart", "dev"),
      "the system 'bookshop' has no service 'cart'\nhint: it has none",
    ],
  ])("%s", (_, act, message) => {
    expect(caught(act)).toBe(message);
  });
});
