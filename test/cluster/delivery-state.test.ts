import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { deliveryStates, isAsItShouldBe, worstFirst } from "../../lib/cluster/delivery-state.ts";

test("every state is documented, in the order of the table", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/status.md"), "utf8");
  const [, table = ""] = page.split("\n## States\n");
  expect(Array.from(table.matchAll(/^\| `([a-z]+)` \|/gm), ([, state]) => state)).toEqual(Object.keys(deliveryStates));
});

test("what is worse comes first, then what comes first in the alphabet", () => {
  const entries = (["ok", "drifted", "missing", "ok"] as const).map((state, index) => ({ state, name: `${4 - index}` }));
  expect(entries.sort(worstFirst).map(({ name }) => name)).toEqual(["2", "3", "1", "4"]);
});

test("only two states are as it should be", () => {
  const states = Object.keys(deliveryStates) as (keyof typeof deliveryStates)[];
  expect(states.filter(isAsItShouldBe)).toEqual(["ahead", "ok"]);
});
