import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { normalizeDocument } from "../../lib/synth/normalize-document.ts";

const head = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "catalogue" } };

function normalizedData(data: unknown): unknown {
  return normalizeDocument({ ...head, data }).data;
}

describe("keys", () => {
  test("are apiVersion, kind and metadata, then by code unit, at the top", () => {
    const document = {
      spec: 1,
      data: 2,
      Zulu: 3,
      metadata: { name: "catalogue" },
      kind: "ConfigMap",
      apiVersion: "v1",
      äther: 4,
      status: 5,
    };
    expect(Object.keys(normalizeDocument(document))).toEqual(["apiVersion", "kind", "metadata", "Zulu", "data", "spec", "status", "äther"]);
  });

  test("are name and namespace first, then by code unit, everywhere else", () => {
    const document = normalizeDocument({
      kind: "ConfigMap",
      metadata: { namespace: "bookshop-dev", labels: { b: "1", a: "2", B: "3" }, annotations: { z: "1" }, name: "catalogue" },
      spec: { items: [{ value: "1", key: "2", name: "3" }], kind: 1, apiVersion: 2 },
      apiVersion: "v1",
    });
    expect(JSON.stringify(document)).toBe(
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"catalogue","namespace":"bookshop-dev",' +
        '"annotations":{"z":"1"},"labels":{"B":"3","a":"2","b":"1"}},"spec":{"apiVersion":2,"items":[{"name":"3","key":"2","value":"1"}],"kind":1}}',
    );
  });

  test("may be called __proto__", () => {
    const data = normalizedData(JSON.parse('{"b":1,"__proto__":{"z":1,"a":2}}'));
    expect(JSON.stringify(data)).toBe('{"__proto__":{"a":2,"z":1},"b":1}');
  });
});

describe("null and undefined", () => {
  test("go with their key", () => {
    expect(normalizedData({ a: null, b: undefined, c: 0, d: "", e: false })).toStrictEqual({ c: 0, d: "", e: false });
  });

  test("take a map that holds nothing else along, and so on upwards", () => {
    const document = normalizeDocument({
      ...head,
      spec: { deep: { deeper: { a: undefined, b: null } } },
      data: { kept: 1, gone: { c: null } },
    });
    expect(document).toStrictEqual({ ...head, data: { kept: 1 } });
  });

  test("go out of a list, and a list that held nothing else is empty", () => {
    expect(normalizedData({ list: ["a", undefined, "b", null], nothing: [null] })).toStrictEqual({ list: ["a", "b"], nothing: [] });
  });

  test("leave a map in a list as {}, because the list would mean something else without it", () => {
    expect(normalizedData({ ingress: [{ from: undefined }, { from: { a: null } }], nested: [[{ a: null }]] })).toStrictEqual({
      ingress: [{}, {}],
      nested: [[{}]],
    });
  });
});

test("a map or list that was written empty stays", () => {
  expect(normalizedData({ emptyDir: {}, namespaceResourceWhitelist: [], peers: [{}] })).toStrictEqual({
    emptyDir: {},
    namespaceResourceWhitelist: [],
    peers: [{}],
  });
});

describe("the input", () => {
  test("is left as it was and shares nothing with the result", () => {
    const shared = { z: "1", a: { y: 1, x: null }, list: [{ name: "n", a: 1 }] };
    const raw = { data: { second: shared, first: shared }, metadata: { name: "catalogue" }, kind: "ConfigMap", apiVersion: "v1" };
    const before = JSON.stringify(raw);
    const { data } = normalizeDocument(raw) as unknown as { data: Record<"first" | "second", typeof shared> };
    expect(JSON.stringify(raw)).toBe(before);
    expect(data.first).toStrictEqual(data.second);
    expect(data.first).not.toBe(data.second);
    expect(data.first.list).not.toBe(shared.list);
    data.first.list[0]!.a = 2;
    expect(data.second.list[0]!.a).toBe(1);
    expect(shared.list[0]!.a).toBe(1);
  });

  test("may be frozen", () => {
    const raw = Object.freeze({ ...head, data: Object.freeze({ b: 1, a: Object.freeze([2, null]) }) });
    expect(normalizeDocument(raw)).toStrictEqual({ ...head, data: { a: [2], b: 1 } });
  });

  test("may hold maps without a prototype", () => {
    expect(normalizedData(Object.assign(Object.create(null) as object, { a: 1 }))).toStrictEqual({ a: 1 });
  });
});

describe("a bug in a construct", () => {
  test.each([
    ["apiVersion", { kind: "ConfigMap", metadata: { name: "catalogue" } }],
    ["apiVersion", { apiVersion: "", kind: "ConfigMap", metadata: { name: "catalogue" } }],
    ["kind", { apiVersion: "v1", metadata: { name: "catalogue" } }],
    ["metadata.name", { apiVersion: "v1", kind: "ConfigMap" }],
    ["metadata.name", { apiVersion: "v1", kind: "ConfigMap", metadata: {} }],
    ["metadata.name", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: undefined } }],
    ["metadata.name", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: 7 } }],
    ["metadata.name", { apiVersion: "v1", kind: "ConfigMap", metadata: "catalogue" }],
    ["apiVersion", undefined],
    ["apiVersion", null],
    ["apiVersion", "catalogue"],
    ["apiVersion", []],
  ])("throws without %s: %j", (field, raw) => {
    expect(() => normalizeDocument(raw)).toThrow(`an object without '${field}'`);
  });

  test("throws on an instance of a class", () => {
    expect(() => normalizedData({ since: new Date(0) })).toThrow("the value of 'since' is no plain data but an instance of Date");
    expect(() => normalizedData({ list: [new Map()] })).toThrow("the value of 'list' is no plain data but an instance of Map");
  });
});

test("any document comes out the same whatever the order of its keys, and a second time", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.nat(), { minLength: 20 }), (data, order) => {
      const entries = Object.entries(data);
      const shuffled = Object.fromEntries(
        entries
          .map((entry, index) => [order[index % order.length]!, entry] as const)
          .sort(([a], [b]) => a - b)
          .map(([, entry]) => entry),
      );
      const once = normalizeDocument({ ...head, data });
      expect(JSON.stringify(normalizeDocument({ data: shuffled, ...head }))).toBe(JSON.stringify(once));
      expect(JSON.stringify(normalizeDocument(once))).toBe(JSON.stringify(once));
      expect(JSON.stringify(once)).not.toMatch(/[:,[]null[,\]}]/);
    }),
  );
});
