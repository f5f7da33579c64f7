import { expect, test } from "@jest/globals";
import { movingWith } from "../../lib/definition/moving-with.ts";
import { defineService } from "../../lib/definition/service.ts";
import { defineSystem, type SystemDefinition, type SystemProps } from "../../lib/definition/system.ts";
import { MigrationJob } from "../../lib/workload/migration-job.ts";
import { Worker } from "../../lib/workload/worker.ts";
import { salesTeam } from "../fixtures/bookshop/apps/teams.ts";
import { caught } from "../support/caught.ts";

const [cart, prices, search] = ["cart", "prices", "search"].map((name) => defineService({ name, construct: Worker, props: {} }));
const migration = defineService({ name: "migration", construct: MigrationJob, props: {}, imageOf: cart! });

function system(movesTogether?: SystemProps["movesTogether"]): SystemDefinition {
  return defineSystem({
    name: "orders",
    team: salesTeam,
    environments: [],
    applications: "per-system",
    services: [cart!, prices!, migration],
    ...(movesTogether && { movesTogether }),
  });
}

test("a service moves with its set, and alone where it is in none", () => {
  expect(movingWith(system([[cart!, prices!]]), prices!)).toEqual([cart, prices]);
  expect(movingWith(system([[cart!, prices!]]), migration)).toEqual([migration]);
  expect(movingWith(system(), cart!)).toEqual([cart]);
});

test.each<[string, SystemProps["movesTogether"], string]>([
  ["of one", [[cart!]], "a set of system 'orders' that moves together has 1 service\nhint: name two or more"],
  ["of none", [[]], "a set of system 'orders' that moves together has 0 services\nhint: name two or more"],
  [
    "with a stranger",
    [[cart!, search!]],
    "'search' is to move together with others of system 'orders', but is not one of its services\n" +
      "hint: list it under services in apps/orders/system.ts, or take it out of movesTogether",
  ],
  [
    "with a service that runs another's image",
    [[prices!, migration]],
    "'migration' of system 'orders' has no pin that could move: it runs the image of 'cart'\nhint: name 'cart' in movesTogether",
  ],
  [
    "with a service twice",
    [[cart!, cart!]],
    "'cart' stands twice in movesTogether of system 'orders'\nhint: one set holds all that move with it",
  ],
  [
    "that shares a service with another",
    [
      [cart!, prices!],
      [prices!, cart!],
    ],
    "'prices' stands twice in movesTogether of system 'orders'\nhint: one set holds all that move with it",
  ],
])("a set %s is refused", (_, sets, message) => {
  expect(caught(() => system(sets))).toBe(message);
});
