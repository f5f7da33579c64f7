import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Observation } from "../../lib/evidence/observation.ts";
import type { PinEvidence } from "../../lib/evidence/pin-evidence.ts";
import { evidenceOf } from "../../lib/evidence/seen-healthy.ts";
import { GitRepository } from "../../lib/git/git-repository.ts";
import { ScriptedHistory } from "../support/scripted-history.ts";

const [eu, us] = ["dist/dev/eu/shop/frontend", "dist/dev/us/shop/frontend"];
const [key, canary] = ["shop/frontend", "shop/frontend@canary"];
let script: ScriptedHistory;
beforeAll(() => {
  script = new ScriptedHistory([
    { as: "v1", pins: { dev: { [key]: "frontend:1", [canary]: "frontend:2" }, production: { [key]: "frontend:1" } } },
    { as: "v2", pins: { dev: { [key]: "frontend:2" } } },
    { as: "other", pins: { dev: { "shop/orders": "orders:7" } } },
    { as: "broken", files: { "environments/dev/images.yaml": `${key}: frontend\n` } },
  ]);
});
afterAll(() => {
  script.remove();
});

/** Of v2, Synced and Healthy at noon, unless it says something else. */
function seen(what: Partial<Observation> & { readonly hour?: number; readonly of?: string } = {}): Observation {
  const { hour = 12, of = "v2", ...rest } = what;
  return {
    at: `2026-11-02T${String(hour).padStart(2, "0")}:00:00Z`,
    application: "shop-frontend-dev",
    environment: "dev",
    system: "shop",
    path: "dist/dev/main/shop/frontend",
    revision: script.id(of),
    sync: "Synced",
    health: "Healthy",
    ...rest,
  };
}

function evidence(
  observations: readonly Observation[],
  pins: Readonly<Record<string, string>> = { [key]: "ghcr.io/acme/frontend:2" },
): string {
  const where = { environment: "dev", system: "shop", service: "frontend" };
  const found: PinEvidence = evidenceOf(GitRepository.open(script.folder), observations, where, new Map(Object.entries(pins)));
  return [found.healthySince, found.healthyAt, found.degradedAt].map((time) => time?.slice(11, 13) ?? "-").join(" ");
}

test("tells the first and the last time of health, whatever the order; what was Degraded before the last one is over", () => {
  expect(
    evidence([
      seen({ hour: 14 }),
      seen({ hour: 10, health: "Degraded" }),
      seen({ hour: 9 }),
      seen({ hour: 11, health: "Degraded" }),
      seen({ hour: 12, health: "Progressing" }),
      seen({ hour: 13, of: "other" }),
    ]),
  ).toBe("09 14 -");
  expect(evidence([seen({ hour: 11, health: "Degraded" }), seen({ hour: 9 }), seen({ hour: 10, health: "Degraded" })])).toBe("09 09 11");
});

test.each<[string, readonly Parameters<typeof seen>[0][], string]>([
  [
    "both healthy: as long as both were",
    [
      { path: eu, hour: 9 },
      { path: us, hour: 10 },
      { path: eu, hour: 11 },
    ],
    "10 10 -",
  ],
  ["one Degraded, the other healthy at the same second", [{ path: eu, health: "Degraded" }, { path: us }], "- - 12"],
  [
    "one Degraded and silent since, the other healthy later",
    [
      { path: eu, hour: 9 },
      { path: eu, hour: 10, health: "Degraded" },
      { path: us, hour: 14 },
    ],
    "14 09 10",
  ],
  [
    "one healed, the other healthy and silent",
    [
      { path: us, hour: 9 },
      { path: eu, hour: 10, health: "Degraded" },
      { path: eu, hour: 11 },
    ],
    "11 09 -",
  ],
  [
    "one never got well",
    [
      { path: us, hour: 9 },
      { path: eu, health: "Progressing" },
    ],
    "- - -",
  ],
])("two clusters: %s", (_what, observations, expected) => {
  expect(evidence(observations.map(seen))).toBe(expected);
});

test.each<[string, Parameters<typeof seen>[0]]>([
  ["another pin", { of: "v1" }],
  ["a commit that this clone lacks", { revision: "0".repeat(40) }],
  ["a commit whose file cannot be read", { of: "broken" }],
  ["another environment", { environment: "production", path: "dist/production/main/shop/frontend" }],
  ["another system", { system: "books", path: "dist/dev/main/books/frontend" }],
  ["another service", { path: "dist/dev/main/shop/orders" }],
  ["the namespace of the system", { path: "dist/dev/main/shop/namespace" }],
  ["a service of the system's name", { path: "dist/dev/main/shop/shop" }],
  ["an Application that is OutOfSync: another revision ran", { sync: "OutOfSync" }],
  ["an Application that is OutOfSync and Degraded", { sync: "OutOfSync", health: "Degraded" }],
  ["an Application that starts", { health: "Progressing" }],
  ["an Application that nobody has compared", { sync: "Unknown" }],
  ["health while a sync runs or has failed", { unsettled: true }],
  ["Pods of another version only", { images: ["ghcr.io/acme/frontend:1", "ghcr.io/acme/proxy:2"] }],
  ["Pods of another version only, Degraded", { images: ["ghcr.io/acme/frontend:1"], health: "Degraded" }],
])("%s is no evidence", (_what, what) => {
  expect(evidence([seen(what)])).toBe("- - -");
});

test.each<[string, Parameters<typeof seen>[0], string]>([
  ["the Application of the whole system", { path: "dist/dev/main/shop", application: "shop-dev" }, "12 12 -"],
  ["any output folder and cluster", { path: "generated/yaml/dev/eu/shop/frontend" }, "12 12 -"],
  ["Pods of the version, others beside", { images: ["ghcr.io/acme/frontend:1", "ghcr.io/acme/frontend:2"] }, "12 12 -"],
  ["Pods whose image got a digest on the way in", { images: [`ghcr.io/acme/frontend:2@sha256:${"a".repeat(64)}`] }, "12 12 -"],
  ["Pods of other images", { images: ["ghcr.io/acme/proxy:1"] }, "12 12 -"],
  ["what is Degraded while its sync goes on trying", { health: "Degraded", unsettled: true }, "- - 12"],
])("%s counts", (_what, what, expected) => {
  expect(evidence([seen(what)])).toBe(expected);
});

test("a revision counts when it holds all of the pins", () => {
  const both = { [key]: "ghcr.io/acme/frontend:1", [canary]: "ghcr.io/acme/frontend:2" };
  expect(evidence([seen({ of: "v1" })], both)).toBe("12 12 -");
  expect(evidence([seen({ of: "v2" })], both)).toBe("- - -");
});
