import { nearestNames } from "../errors/nearest-names.ts";
import type { KubernetesObject } from "../manifest/manifest.ts";
import { valueAt } from "./field-path.ts";
import type { SchemaError } from "./load-validators.ts";
import type { SchemaViolation } from "./schema-violation.ts";

/** What a value of a format looks like. */
const formats: Readonly<Record<string, string>> = {
  byte: "must be base64",
  "date-time": "must be a time such as '2030-01-31T12:00:00Z'",
  ipv4: "must be an IPv4 address",
  ipv6: "must be an IPv6 address",
  quantity: "must be a quantity such as '250m' or '1Gi'",
};

/** Articles for people. */
const types: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  integer: "a whole number",
  null: "null",
  number: "a number",
  object: "an object",
  string: "a string",
};

const countables: Readonly<Record<string, string>> = { Length: "characters", Items: "items", Properties: "fields" };

/** An error in our words. */
export function describeError(document: KubernetesObject, error: SchemaError): Omit<SchemaViolation, "path"> {
  const { keyword, params = {} } = error;
  switch (keyword) {
    case "knownFields":
      return unknownField(params.field as string, params.known as ReadonlySet<string>);
    case "required":
      return { message: "is missing" };
    case "choices": {
      const choices = [...(params.choices as ReadonlySet<unknown>)].filter((choice) => choice !== "").map(String);
      const value = valueAt(document, error);
      return { message: `must be one of ${nearestNames(String(value), choices, choices.length)}, got ${show(document, value)}` };
    }
    case "uniqueBy":
      return { message: "stands twice in its list" };
    case "oneOf":
      return { message: params.passingSchemas ? "holds fields that exclude one another" : "has none of the shapes that it may have" };
    case "anyOf":
      return { message: "has none of the shapes that it may have" };
    case "not":
      return { message: "has a shape that it must not have" };
    default:
      return { message: `${demand(keyword, params)}, got ${show(document, valueAt(document, error))}` };
  }
}

function unknownField(field: string, known: ReadonlySet<string>): Omit<SchemaViolation, "path"> {
  const message = "is no field that the API knows";
  if (known.size === 0) return { message, hint: "nothing may stand there" };
  return { message, hint: `leave it out, or mend the name; the nearest there: ${nearestNames(field, known)}` };
}

function demand(keyword: string, params: Readonly<Record<string, unknown>>): string {
  if (keyword === "type" || keyword === "types") {
    return `must be ${(params.type as string)
      .split(" or ")
      .map((type) => types[type] ?? type)
      .join(" or ")}`;
  }
  if (keyword === "format") return formats[params.format as string] ?? `must be of the format '${params.format as string}'`;
  if (keyword === "pattern") return `must match '${params.pattern as string}'`;
  const limit = params.limit as number;
  const bound = { minimum: "at least", maximum: "at most", exclusiveMinimum: "more than", exclusiveMaximum: "less than" }[keyword];
  if (bound !== undefined) return `must be ${bound} ${limit}`;
  const [, side, counted] = /^(min|max)(Length|Items|Properties)$/.exec(keyword) ?? [];
  if (counted !== undefined) return `must have ${side === "min" ? "at least" : "at most"} ${limit} ${countables[counted] ?? ""}`;
  return "is not as the API wants it";
}

/** What stands there, in short; what a Secret holds is for nobody to read. */
function show(document: KubernetesObject, value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return `an object with ${nearestNames("", Object.keys(value)) || "no field"}`;
  if (typeof value !== "string") return document.kind === "Secret" ? `a ${typeof value}` : String(value);
  if (document.kind === "Secret" || document.kind === "SealedSecret") return `a string of ${value.length}`;
  return value.length <= 60 ? `'${value}'` : `'${value.slice(0, 57)}…'`;
}
