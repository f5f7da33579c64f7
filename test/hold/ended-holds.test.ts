import { expect, test } from "@jest/globals";
import { endedHolds } from "../../lib/hold/ended-holds.ts";
import { readHolds } from "../../lib/hold/holds.ts";

const file = "environments/staging/holds.yaml";
const holds = new Map([
  [
    "staging",
    readHolds(
      [
        '"*": { until: 2026-12-02T00:00:00Z, by: ada, reason: "all" }',
        'shop: { until: 2026-12-01T00:00:00Z, by: ada, reason: "system" }',
      ].join("\n"),
      file,
    ),
  ],
  ["dev", readHolds(undefined, "environments/dev/holds.yaml")],
]);

test("a hold that has ended is named with its line and how to take it out, one in its last second is not", () => {
  expect(endedHolds(holds, "2026-12-02T00:00:00.900Z")).toEqual([
    {
      ...{ severity: "warning", rule: "holds", position: { file, line: 2 } },
      message: "the hold of 'shop' in 'staging' ended at 2026-12-01T00:00:00Z",
      hint: "take it out: keelson hold release shop --environment staging",
    },
  ]);
  expect(endedHolds(holds, "2026-12-02T00:00:01Z").map(({ hint }) => hint)).toEqual([
    "take it out: keelson hold release --environment staging",
    "take it out: keelson hold release shop --environment staging",
  ]);
});
