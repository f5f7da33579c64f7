import { expect, test } from "@jest/globals";
import { objectDifferences } from "../../lib/manifest/object-differences.ts";

function told(before: unknown, after: unknown): string[] {
  return objectDifferences(before, after).map((field) => `${field.path}: ${json(field.before)} → ${json(field.after)}`);
}

function json(value: unknown): string {
  return value === undefined ? "none" : JSON.stringify(value);
}

test("nothing differs between objects that say the same, in whatever order their keys stand", () => {
  expect(told({ a: 1, b: { c: [1], d: null } }, { b: { d: null, c: [1] }, a: 1 })).toEqual([]);
});

test("each field with both values, as deep as both say something", () => {
  expect(told({ spec: { replicas: 1, paused: false } }, { spec: { replicas: 3, strategy: { type: "Recreate" } } })).toEqual([
    "spec.replicas: 1 → 3",
    "spec.paused: false → none",
    'spec.strategy: none → {"type":"Recreate"}',
  ]);
});

test("something of another type differs as a whole, and so does what only one side has", () => {
  expect(told({ a: [] }, { a: {} })).toEqual(["a: [] → {}"]);
  expect(told({ a: null }, { a: { b: 1 } })).toEqual(['a: null → {"b":1}']);
  expect(told(undefined, { a: 1 })).toEqual([': none → {"a":1}']);
});

test("things of a list are held beside each other by name", () => {
  const env = (...names: string[]): object => ({ env: names.map((name) => ({ name, value: name === "B" ? names.length : 1 })) });
  expect(told(env("A", "B"), env("B", "C", "A"))).toEqual(["env[B].value: 2 → 3", 'env[C]: none → {"name":"C","value":1}']);
});

test("things without a name, or with one that stands there twice on either side, are held beside each other by place", () => {
  expect(told({ args: ["a", "b"] }, { args: ["a", "c", "d"] })).toEqual(['args[1]: "b" → "c"', 'args[2]: none → "d"']);
  const twice = [{ name: "http", port: 1 }, { name: "http" }];
  expect(told({ ports: [{ name: "http" }] }, { ports: twice })).toEqual(["ports[0].port: none → 1", 'ports[1]: none → {"name":"http"}']);
});

test("named things in another order are one difference, of the list", () => {
  expect(told([{ name: "a" }, { name: "b" }], [{ name: "b" }, { name: "a" }])).toEqual([
    ': [{"name":"a"},{"name":"b"}] → [{"name":"b"},{"name":"a"}]',
  ]);
});

test("a key that is no plain word stands in brackets", () => {
  expect(told({ labels: { "keelson.dev/team": "a" } }, { labels: { "keelson.dev/team": "b" } })).toEqual([
    'labels["keelson.dev/team"]: "a" → "b"',
  ]);
});
