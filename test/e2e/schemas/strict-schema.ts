import type { JsonSchema } from "./json-schema.ts";
import { goPattern } from "./go-pattern.ts";

/** Integers as Go reads them. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [-(2 ** 63), 2 ** 63 - 1],
};

/** Formats that an API server judges; others are remarks for people. */
const judgedFormats: ReadonlySet<string> = new Set(["byte", "date-time", "ipv4", "ipv6", "quantity"]);

/** Keywords that mean the same in OpenAPI and to the compiler. */
const kept = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "multipleOf"] as const;

/** How the pattern of quantities begins in CustomResourceDefinitions. */
const quantityStart = String.raw`^(\+|-)?(([0-9]+(\.[0-9]*)?)`;

/**
 * A schema as strict as the server that publishes it: an object takes the fields that it names and no other.
 * What is only for people is gone, and what the server fills in is not required.
 *
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export function strictSchema(schema: JsonSchema): JsonSchema {
  if (schema.$ref !== undefined) return { $ref: schema.$ref };
  const type = typesOf(schema);
  return {
    ...valueRules(schema),
    ...saidType(type),
    ...fieldsOf(schema, type),
    ...(schema.items !== undefined && { items: strictSchema(schema.items), ...uniqueItems(schema) }),
  };
}

/** What a schema asks of values, without saying which fields there are: also what stands in `oneOf` and its like. */
function valueRules(schema: JsonSchema): JsonSchema {
  const { format, pattern, minimum, maximum } = schema;
  const [least, most] = ranges[format ?? ""] ?? [];
  const lower = minimum ?? least;
  const upper = maximum ?? most;
  return {
    ...Object.fromEntries(kept.filter((name) => schema[name] !== undefined).map((name) => [name, schema[name]])),
    ...(schema.enum !== undefined && { choices: schema.enum }),
    ...(lower !== undefined && { [schema.exclusiveMinimum === true ? "exclusiveMinimum" : "minimum"]: lower }),
    ...(upper !== undefined && { [schema.exclusiveMaximum === true ? "exclusiveMaximum" : "maximum"]: upper }),
    ...(format !== undefined && judgedFormats.has(format) && { format }),
    ...(pattern !== undefined && (pattern.startsWith(quantityStart) ? { format: "quantity" } : { pattern: goPattern(pattern) })),
    ...junctions(schema),
  };
}

/** An integer or a string is said by types alone. */
function junctions(schema: JsonSchema): JsonSchema {
  if (schema["x-kubernetes-int-or-string"] === true) return {};
  const all = (["oneOf", "anyOf", "allOf"] as const).flatMap((name) => {
    const branches = schema[name];
    return branches === undefined ? [] : [[name, branches.map((one) => withDefaults(branch(one), one, schema))] as const];
  });
  return { ...Object.fromEntries(all), ...(schema.not !== undefined && { not: branch(schema.not) }) };
}

/**
 * A branch as the server judges it, which fills defaults in before: where it does not take the default of a field, the field must be there for it.
 */
function withDefaults(strict: JsonSchema, { properties = {}, required = [] }: JsonSchema, whole: JsonSchema): JsonSchema {
  const refused = Object.entries(properties)
    .filter(([name, field]) => refuses(field, whole.properties?.[name]?.default))
    .map(([name]) => name);
  return refused.length === 0 ? strict : { ...strict, required: [...new Set([...required, ...refused])] };
}

function refuses({ enum: choices, not }: JsonSchema, value: unknown): boolean {
  if (value === undefined) return false;
  return choices?.includes(value) === false || not?.enum?.includes(value) === true;
}

function branch(schema: JsonSchema): JsonSchema {
  const { type, required, properties, items } = schema;
  return {
    ...valueRules(schema),
    ...saidType(type),
    ...(required !== undefined && { required }),
    ...(properties !== undefined && { properties: mapValues(properties, branch) }),
    ...(items !== undefined && { items: branch(items) }),
  };
}

function typesOf(schema: JsonSchema): string | readonly string[] | undefined {
  const { type, nullable } = schema;
  const types = schema["x-kubernetes-int-or-string"] === true ? ["integer", "string"] : type;
  if (types === undefined || nullable !== true) return types;
  return [...(typeof types === "string" ? [types] : types), "null"];
}

/** Of several types, the compiler's own keyword would carry the whole schema into what it writes. */
function saidType(type: string | readonly string[] | undefined): JsonSchema {
  if (type === undefined) return {};
  return typeof type === "string" ? { type } : { types: type };
}

function fieldsOf(schema: JsonSchema, type: string | readonly string[] | undefined): JsonSchema {
  const { properties = {}, additionalProperties, required = [] } = schema;
  const isObject = type === "object" || (Array.isArray(type) && type.includes("object"));
  if (!isObject && Object.keys(properties).length === 0) return {};
  const embedded = schema["x-kubernetes-embedded-resource"] === true;
  const known: Readonly<Record<string, JsonSchema>> = embedded
    ? { ...properties, apiVersion: { type: "string" }, kind: { type: "string" }, metadata: { $ref: "ObjectMeta" } }
    : properties;
  const open = schema["x-kubernetes-preserve-unknown-fields"] === true || additionalProperties === true;
  const missing = [...required, ...(embedded ? ["apiVersion", "kind"] : [])].filter((name) => known[name]?.default === undefined);
  const names = Object.keys(known);
  return {
    ...(names.length > 0 && { properties: mapValues(known, strictSchema) }),
    ...(missing.length > 0 && { required: [...new Set(missing)] }),
    ...(typeof additionalProperties === "object"
      ? { additionalProperties: strictSchema(additionalProperties) }
      : !open && { knownFields: names }),
  };
}

/** Lists whose items are told apart by some of their fields, or by themselves. */
function uniqueItems(schema: JsonSchema): JsonSchema {
  const kind = schema["x-kubernetes-list-type"];
  if (kind === "set") return { uniqueBy: [] };
  if (kind !== "map") return {};
  const keys = schema["x-kubernetes-list-map-keys"] as readonly string[];
  return { uniqueBy: keys.map((key) => [key, schema.items?.properties?.[key]?.default ?? null]) };
}

function mapValues(fields: Readonly<Record<string, JsonSchema>>, map: (schema: JsonSchema) => JsonSchema): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, map(field)]));
}
