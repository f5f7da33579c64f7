import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { JsonSchema, KindSchema } from "./json-schema.ts";
import { strictSchema } from "./strict-schema.ts";

/** A CustomResourceDefinition, as far as it says what its objects look like. */
interface Definition {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly subresources?: { readonly status?: unknown };
      readonly schema: { readonly openAPIV3Schema: JsonSchema };
    }[];
  };
}

/** The kinds that the CustomResourceDefinitions in files and folders define, in every version that is served. */
export function customSchemas(paths: readonly string[]): KindSchema[] {
  return paths
    .flatMap(yamlFiles)
    .flatMap((file) => parseAllDocuments(readFileSync(file, "utf8")).map((document) => document.toJS() as Definition | null))
    .filter((document) => document?.kind === "CustomResourceDefinition")
    .flatMap((document) => (document === null ? [] : kindsOf(document)));
}

function kindsOf({ spec }: Definition): KindSchema[] {
  return spec.versions
    .filter(({ served }) => served)
    .map(({ name, subresources, schema }) => ({
      group: spec.group,
      version: name,
      kind: spec.names.kind,
      schema: objectSchema(schema.openAPIV3Schema, subresources?.status !== undefined),
    }));
}

/** What every object has stands in no definition; a status that is a subresource is dropped by the server, whatever it says. */
function objectSchema(schema: JsonSchema, statusIsDropped: boolean): JsonSchema {
  const { properties, required, ...strict } = strictSchema({
    ...schema,
    properties: { ...schema.properties, apiVersion: { type: "string" }, kind: { type: "string" } },
  });
  const names = required?.filter((name) => !statusIsDropped || name !== "status") ?? [];
  return {
    ...strict,
    properties: { ...properties, metadata: { $ref: "ObjectMeta" }, ...(statusIsDropped && { status: {} }) },
    ...(names.length > 0 && { required: names }),
    ...(Array.isArray(strict.knownFields) && { knownFields: [...new Set([...(strict.knownFields as string[]), "metadata", "status"])] }),
  };
}

function yamlFiles(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => (statSync(join(path, name)).isDirectory() || name.endsWith(".yaml") ? yamlFiles(join(path, name)) : []));
}
