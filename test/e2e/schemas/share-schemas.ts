import { createHash } from "node:crypto";
import type { JsonSchema, SchemaSet } from "./json-schema.ts";

/** Objects that are shorter than this, as JSON, stand where they are used: a call costs more. */
const worthSharing = 150;

/** Keywords below which schemas stand that may be shared. */
const single = ["items", "additionalProperties"] as const;

/**
 * The same kinds, with every object that is described alike in several places described once. Generated CustomResourceDefinitions
 * repeat whole trees (each generator of an ApplicationSet holds an Application), and differ between versions in a few fields.
 */
export function shareSchemas({ kinds, definitions }: SchemaSet): SchemaSet {
  const uses = new Map<JsonSchema, Use>();
  const byText = new Map<string, Use>();
  const count = (schema: JsonSchema): void => {
    for (const child of childrenOf(schema)) {
      const known = uses.get(child);
      const text = known?.text ?? JSON.stringify(child);
      const use = byText.get(text) ?? { text, times: 0 };
      byText.set(text, use);
      uses.set(child, use);
      use.times++;
      // what stands below a shared object is counted once
      if (use.times === 1 || !isShareable(child, use)) count(child);
    }
  };
  for (const { schema } of kinds) count(schema);
  const shared = new Map<string, JsonSchema>();
  const rewrite = (schema: JsonSchema): JsonSchema =>
    mapChildren(schema, (child) => {
      const use = uses.get(child);
      if (use === undefined || use.times < 2 || !isShareable(child, use)) return rewrite(child);
      const name = `shared-${createHash("sha256").update(use.text).digest("hex").slice(0, 12)}`;
      if (!shared.has(name)) {
        shared.set(name, {});
        shared.set(name, rewrite(child));
      }
      return { $ref: name };
    });
  const rewritten = kinds.map((kind) => ({ ...kind, schema: rewrite(kind.schema) }));
  return { kinds: rewritten, definitions: new Map([...definitions, ...shared]) };
}

/** How often a schema occurs. */
interface Use {
  readonly text: string;
  times: number;
}

function isShareable({ properties }: JsonSchema, { text }: Use): boolean {
  return properties !== undefined && text.length >= worthSharing;
}

function childrenOf({ properties, ...schema }: JsonSchema): JsonSchema[] {
  return [
    ...Object.values(properties ?? {}),
    ...single.flatMap((name) => {
      const child = schema[name];
      return typeof child === "object" ? [child] : [];
    }),
  ];
}

function mapChildren(schema: JsonSchema, map: (child: JsonSchema) => JsonSchema): JsonSchema {
  const { properties, items, additionalProperties } = schema;
  return {
    ...schema,
    ...(properties !== undefined && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, map(field)])),
    }),
    ...(items !== undefined && { items: map(items) }),
    ...(typeof additionalProperties === "object" && { additionalProperties: map(additionalProperties) }),
  };
}
