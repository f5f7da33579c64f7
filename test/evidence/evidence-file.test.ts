import { expect, test } from "@jest/globals";
import { newObservations, observationLine, readEvidence } from "../../lib/evidence/evidence-file.ts";
import type { Observation } from "../../lib/evidence/observation.ts";
import { caught } from "../support/caught.ts";

const revision = "a".repeat(40);
const seen: Observation = {
  at: "2026-11-02T12:00:00Z",
  application: "shop-frontend-dev",
  environment: "dev",
  system: "shop",
  path: "dist/dev/main/shop/frontend",
  revision,
  sync: "Synced",
  health: "Healthy",
};
const restless: Observation = { ...seen, unsettled: true, images: ["ghcr.io/acme/frontend:1"] };

test("what was written is read back", () => {
  expect(readEvidence([seen, restless].map(observationLine).join(""), "seen.jsonl")).toEqual([seen, restless]);
});

test("empty lines, other line ends, a byte order mark, fractions of seconds and unknown fields do no harm", () => {
  const line = JSON.stringify({ ...seen, at: "2026-11-02T12:00:00.123Z", cluster: "main" });
  expect(readEvidence(`\ufeff\r\n${line}\r\n\n`, "seen.jsonl")).toEqual([seen]);
  expect(readEvidence("", "seen.jsonl")).toEqual([]);
});

test.each([
  ["a diary", "it is not one JSON object"],
  [observationLine(seen).trim().slice(0, -5), "it is not one JSON object"],
  [`[${observationLine(seen).trim()}]`, "it is not one JSON object"],
  ["{}", "it has no 'at'"],
  [JSON.stringify({ ...seen, path: 1 }), "it has no 'path'"],
  [JSON.stringify({ ...seen, health: "" }), "it has no 'health'"],
  [JSON.stringify({ ...seen, at: "yesterday" }), "'at' is no time in UTC, got 'yesterday'"],
  [JSON.stringify({ ...seen, at: "2026-11-02T12:00:00+01:00" }), "'at' is no time in UTC, got '2026-11-02T12:00:00+01:00'"],
  [JSON.stringify({ ...seen, revision: "main" }), "'revision' is no full commit id, got 'main'"],
])("the line %s is refused", (line, why) => {
  expect(caught(() => readEvidence(`${observationLine(seen)}\n${line}\n`, "seen.jsonl"))).toBe(
    `the line 'seen.jsonl:3' is not an observation: ${why}\nhint: mend or remove that line; \`keelson status --evidence <file>\` writes such files`,
  );
});

test("only what differs from the last line of the same Application is new, the time apart", () => {
  const later = { ...seen, at: "2026-11-02T13:00:00Z" };
  expect(newObservations([], [seen])).toEqual([seen]);
  expect(newObservations([seen], [later])).toEqual([]);
  for (const other of [
    { ...later, health: "Degraded" },
    { ...later, revision: "b".repeat(40) },
    { ...later, unsettled: true as const },
    { ...later, environment: "production" },
  ]) {
    expect(newObservations([seen], [other])).toEqual([other]);
  }
  expect(newObservations([seen, { ...seen, health: "Degraded" }], [later])).toEqual([later]);
});
