import { describe, expect, test } from "@jest/globals";
import { builtInEnums } from "./built-in-enums.ts";
import { goPattern } from "./go-pattern.ts";
import type { JsonSchema } from "./json-schema.ts";
import { shareSchemas } from "./share-schemas.ts";
import { strictSchema } from "./strict-schema.ts";

describe("a strict schema", () => {
  const text = { type: "string", description: "for people" };

  test.each<[string, JsonSchema, JsonSchema]>([
    [
      "closes an object",
      { type: "object", properties: { a: text } },
      { type: "object", properties: { a: { type: "string" } }, knownFields: ["a"] },
    ],
    ["leaves a map open", { type: "object", additionalProperties: text }, { type: "object", additionalProperties: { type: "string" } }],
    ["leaves open what the server keeps", { type: "object", "x-kubernetes-preserve-unknown-fields": true }, { type: "object" }],
    [
      "does not require what has a default",
      { type: "object", required: ["a", "b"], properties: { a: { ...text, default: "x" }, b: text } },
      { type: "object", required: ["b"], properties: { a: { type: "string" }, b: { type: "string" } }, knownFields: ["a", "b"] },
    ],
    [
      "says an integer or a string by types",
      { "x-kubernetes-int-or-string": true, anyOf: [{ type: "integer" }, { type: "string" }] },
      { types: ["integer", "string"] },
    ],
    ["takes null where it is a value", { type: "integer", nullable: true }, { types: ["integer", "null"] }],
    [
      "holds integers to what Go can hold",
      { type: "integer", format: "int32", minimum: 0 },
      { type: "integer", minimum: 0, maximum: 2147483647 },
    ],
    [
      "tells items apart by keys with their defaults",
      {
        type: "array",
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["port", "protocol"],
        items: { type: "object", properties: { port: { type: "integer" }, protocol: { ...text, default: "TCP" } } },
      },
      {
        type: "array",
        uniqueBy: [
          ["port", null],
          ["protocol", "TCP"],
        ],
        items: {
          type: "object",
          properties: { port: { type: "integer" }, protocol: { type: "string" } },
          knownFields: ["port", "protocol"],
        },
      },
    ],
    [
      "asks for a field in the branch that refuses its default, which the server fills in before",
      {
        type: "object",
        properties: { a: { ...text, default: "x" } },
        oneOf: [{ properties: { a: { enum: ["x"] } } }, { properties: { a: { not: { enum: ["x"] } } } }],
      },
      {
        type: "object",
        properties: { a: { type: "string" } },
        knownFields: ["a"],
        oneOf: [{ properties: { a: { choices: ["x"] } } }, { properties: { a: { not: { choices: ["x"] } } }, required: ["a"] }],
      },
    ],
    [
      "does not close the branches of a choice",
      { type: "object", properties: { a: text }, oneOf: [{ required: ["a"] }, { properties: { a: { pattern: "^x" } } }] },
      {
        type: "object",
        properties: { a: { type: "string" } },
        knownFields: ["a"],
        oneOf: [{ required: ["a"] }, { properties: { a: { pattern: "^x" } } }],
      },
    ],
  ])("%s", (_, schema, strict) => {
    expect(strictSchema(schema)).toEqual(strict);
  });
});

test.each([
  ["^(?i)(abort|warn)?$", "WARN", true],
  ["^(?i)(abort|warn)?$", "retry", false],
  ["^((?i)sun|mon)day$", "SUNday", true],
  ["^((?i)sun|mon)day$", "SUNDAY", false],
  ["^(?i)[a-c]\\d$", "B1", true],
  ["^[A-Z]\\x60$", "A`", true],
])("a pattern of Go means the same here: %s on %s", (pattern, value, matches) => {
  expect(new RegExp(goPattern(pattern)).test(value)).toBe(matches);
});

test("what is described alike in two places is described once", () => {
  const names = ["title", "author", "publisher", "language", "edition"];
  const book: JsonSchema = {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, { type: "string" }])),
    knownFields: names,
  };
  const shelf = (kind: string, field: string) => ({
    group: "bookshop.example",
    version: "v1",
    kind,
    schema: { type: "object", properties: { [field]: book } },
  });
  const { kinds, definitions } = shareSchemas({ kinds: [shelf("Shelf", "book"), shelf("Table", "bestseller")], definitions: new Map() });
  const [[name, shared] = ["", {}], ...others] = [...definitions];
  expect(others).toEqual([]);
  expect(shared).toEqual(book);
  expect(kinds.map(({ schema }) => schema.properties)).toEqual([{ book: { $ref: name } }, { bestseller: { $ref: name } }]);
});

test("choices are read from the generated Go file, of a field and of its items", () => {
  const tabs = (depth: number) => "\t".repeat(depth);
  const enums = builtInEnums(
    [
      "func schema_k8sio_api_core_v1_Book(ref common.ReferenceCallback) common.OpenAPIDefinition {",
      `${tabs(5)}"cover": {`,
      `${tabs(7)}Enum:        []interface{}{"Hard", "Soft"},`,
      `${tabs(5)}"formats": {`,
      `${tabs(10)}Enum:        []interface{}{"Paper"},`,
    ].join("\n"),
  );
  const schema = {
    properties: { cover: { type: "string" }, formats: { type: "array", items: { type: "string" } }, title: { type: "string" } },
  };
  expect(enums.addTo("io.k8s.api.core.v1.Book", schema)).toEqual({
    properties: {
      cover: { type: "string", enum: ["Hard", "Soft", ""] },
      formats: { type: "array", items: { type: "string", enum: ["Paper"] } },
      title: { type: "string" },
    },
  });
  expect(() => builtInEnums("package openapi")).toThrow("names no choices");
});
