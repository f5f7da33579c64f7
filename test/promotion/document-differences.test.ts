import { expect, test } from "@jest/globals";
import type { KubernetesObject } from "../../lib/manifest/manifest.ts";
import { documentDifferences } from "../../lib/promotion/document-differences.ts";

const [dev, production] = [
  ["shop-dev", "dev.paperback.example", "dev"],
  ["shop-production", "paperback.example", "production"],
] as const;

function deployment(spec: object, namespace = "shop-dev"): KubernetesObject {
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "till", namespace }, spec };
}

/** `Deployment till spec.replicas: 1 → 3`, with `own` where it is by the environments' names only. */
function told(from: readonly KubernetesObject[], to: readonly KubernetesObject[]): string[] {
  return documentDifferences({ documents: from, names: dev }, { documents: to, names: production }).map(
    (field) => `${field.object} ${field.path}: ${json(field.from)} → ${json(field.to)}${field.own ? ", own" : ""}`,
  );
}

function json(value: unknown): string {
  return value === undefined ? "none" : JSON.stringify(value);
}

test("nothing differs between equals, whatever images they run", () => {
  const spec = (image: string): object => ({
    template: { spec: { containers: [{ name: "till", image }], initContainers: [{ name: "copy", image }] } },
  });
  expect(told([deployment(spec("a"))], [deployment(spec("b"))])).toEqual([]);
});

test("an image somewhere else is a field like any other", () => {
  expect(told([deployment({ image: "a" })], [deployment({ image: "b" })])).toEqual(['Deployment till spec.image: "a" → "b"']);
});

test("each field with both values; what only one side has is none on the other", () => {
  expect(told([deployment({ replicas: 1, paused: false })], [deployment({ replicas: 3, minReadySeconds: 5 })])).toEqual([
    "Deployment till spec.replicas: 1 → 3",
    "Deployment till spec.paused: false → none",
    "Deployment till spec.minReadySeconds: none → 5",
  ]);
});

test("things of a list are held beside each other by name, in whatever order; others by their place", () => {
  const env = (...names: string[]): object => ({
    env: names.map((name) => ({ name, value: name === "PRICE" ? String(names.length) : "1" })),
  });
  expect(told([deployment(env("SHOP", "PRICE"))], [deployment(env("PRICE", "FLOOR", "SHOP"))])).toEqual([
    'Deployment till spec.env[PRICE].value: "2" → "3"',
    'Deployment till spec.env[FLOOR]: none → {"name":"FLOOR","value":"1"}',
  ]);
  expect(told([deployment({ args: ["a", "b"] })], [deployment({ args: ["a", "c", "d"] })])).toEqual([
    'Deployment till spec.args[1]: "b" → "c"',
    'Deployment till spec.args[2]: none → "d"',
  ]);
  const twice = (value: string): object => ({ ports: [{ name: "http", value }, { name: "http" }] });
  expect(told([deployment(twice("1"))], [deployment(twice("2"))])).toEqual(['Deployment till spec.ports[0].value: "1" → "2"']);
});

test("what is nothing but the environments' own names is told apart", () => {
  const from = deployment(
    { host: "till.dev.paperback.example", tier: "dev", device: "dev-ice", path: "/device", team: "webdev" },
    "shop-dev",
  );
  const to = deployment(
    { host: "till.paperback.example", tier: "production", device: "production-ice", path: "/production", team: "webproduction" },
    "shop-production",
  );
  expect(told([from], [to])).toEqual([
    'Deployment till metadata.namespace: "shop-dev" → "shop-production", own',
    'Deployment till spec.host: "till.dev.paperback.example" → "till.paperback.example", own',
    'Deployment till spec.tier: "dev" → "production", own',
    'Deployment till spec.device: "dev-ice" → "production-ice", own',
    'Deployment till spec.path: "/device" → "/production"',
    'Deployment till spec.team: "webdev" → "webproduction"',
  ]);
});

test("an object that one side has alone; one that is called after its environment is held beside the other's", () => {
  const named = (name: string): KubernetesObject => ({ apiVersion: "v1", kind: "Service", metadata: { name } });
  const budget: KubernetesObject = { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: { name: "till" } };
  expect(told([named("till-dev")], [named("till-production"), budget])).toEqual([
    `PodDisruptionBudget till : none → ${JSON.stringify(budget)}`,
    'Service till-dev metadata.name: "till-dev" → "till-production", own',
  ]);
});

test("a key that is no plain word stands in brackets", () => {
  const labelled = (team: string): KubernetesObject => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "till", labels: { "keelson.dev/team": team } },
  });
  expect(told([labelled("a")], [labelled("b")])).toEqual(['Service till metadata.labels["keelson.dev/team"]: "a" → "b"']);
});
