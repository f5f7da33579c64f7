import { expect, test } from "@jest/globals";
import { instantOf, wholeSecond } from "../../lib/definition/instant.ts";

test.each([
  ["2026-11-20T14:00:00.000Z", "2026-11-20T14:00:00Z"],
  ["2026-11-20T14:00:59.999Z", "2026-11-20T14:00:59Z"],
  ["2026-11-20T14:00:59Z", "2026-11-20T14:00:59Z"],
])("%s is %s", (instant, second) => {
  expect([wholeSecond(instant), instantOf(new Date(instant))]).toEqual([second, second]);
});
