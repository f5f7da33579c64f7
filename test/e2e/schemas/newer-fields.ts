import type { JsonSchema, KindSchema } from "./json-schema.ts";

/** Fields that a release has which is newer than the module the CustomResourceDefinitions come from, and that Keelson renders for such a cluster. */
const newerFields: readonly {
  readonly group: string;
  readonly kind: string;
  readonly path: readonly string[];
  readonly schema: JsonSchema;
}[] = [
  ...["data[].remoteRef", "dataFrom[].extract"].map((path) => ({
    // since External Secrets 2.3.0; the module that is required is older
    group: "external-secrets.io",
    kind: "ExternalSecret",
    path: `spec.${path}.nullBytePolicy`.split("."),
    schema: { type: "string", choices: ["Fail", "Ignore"] },
  })),
];

/** A kind with the fields that newer releases add. */
export function withNewerFields(kind: KindSchema): KindSchema {
  return newerFields
    .filter((field) => field.group === kind.group && field.kind === kind.kind)
    .reduce((known, { path, schema }) => ({ ...known, schema: addField(known.schema, path, schema) }), kind);
}

function addField(schema: JsonSchema, [step = "", ...rest]: readonly string[], added: JsonSchema): JsonSchema {
  const { properties = {}, knownFields } = schema;
  if (rest.length === 0) {
    return {
      ...schema,
      properties: { ...properties, [step]: added },
      knownFields: [...((knownFields as readonly string[] | undefined) ?? []), step],
    };
  }
  const name = step.replace("[]", "");
  const field = properties[name];
  if (field === undefined) throw new Error(`the schema has no field '${name}' to add to`);
  const changed = name === step ? addField(field, rest, added) : { ...field, items: addField(field.items ?? {}, rest, added) };
  return { ...schema, properties: { ...properties, [name]: changed } };
}
