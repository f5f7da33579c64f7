import { readFileSync } from "node:fs";
import { join } from "node:path";
import { builtInEnums } from "./built-in-enums.ts";
import type { JsonSchema, KindSchema, SchemaSet } from "./json-schema.ts";
import { strictSchema } from "./strict-schema.ts";

/** The API versions whose kinds people put into files; what is asked of a server and never stored is left out by {@link neverStored}. */
const apiVersions: readonly string[] = [
  "v1",
  "admissionregistration.k8s.io/v1",
  "apiextensions.k8s.io/v1",
  "apiregistration.k8s.io/v1",
  "apps/v1",
  "autoscaling/v1",
  "autoscaling/v2",
  "batch/v1",
  "certificates.k8s.io/v1",
  "coordination.k8s.io/v1",
  "discovery.k8s.io/v1",
  "flowcontrol.apiserver.k8s.io/v1",
  "networking.k8s.io/v1",
  "node.k8s.io/v1",
  "policy/v1",
  "rbac.authorization.k8s.io/v1",
  "resource.k8s.io/v1",
  "scheduling.k8s.io/v1",
  "storage.k8s.io/v1",
];

const neverStored: ReadonlySet<string> = new Set([
  "Binding",
  "ComponentStatus",
  "DeleteOptions",
  "Eviction",
  "Scale",
  "Status",
  "TokenRequest",
  "WatchEvent",
]);

/** Names that are shorter here: by them, other schemas refer to these. */
const prefixes = [
  "io.k8s.api.",
  "io.k8s.apimachinery.pkg.apis.",
  "io.k8s.apiextensions-apiserver.pkg.apis.",
  "io.k8s.kube-aggregator.pkg.apis.",
];

/** What the OpenAPI document says too loosely, or in a way of its own. */
const special: Readonly<Record<string, JsonSchema>> = {
  "io.k8s.apimachinery.pkg.api.resource.Quantity": { type: ["string", "number"], format: "quantity" },
  "io.k8s.apimachinery.pkg.util.intstr.IntOrString": { type: ["integer", "string"], minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  "io.k8s.apimachinery.pkg.runtime.RawExtension": { type: "object", additionalProperties: true },
  "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": { type: "object", additionalProperties: true },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON": {},
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray": {
    type: ["object", "array"],
    additionalProperties: true,
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool": {
    type: ["object", "boolean"],
    additionalProperties: true,
  },
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray": {
    type: ["object", "array"],
    additionalProperties: true,
  },
};

interface OpenApiDocument {
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/**
 * The kinds that Kubernetes itself has, from the OpenAPI documents of its source; enums, which those leave out, from the Go file beside them.
 *
 * @param folder - of the module `k8s.io/kubernetes`
 */
export function builtInSchemas(folder: string): SchemaSet {
  const enums = builtInEnums(readFileSync(join(folder, "pkg/generated/openapi/zz_generated.openapi.go"), "utf8"));
  const definitions = new Map<string, JsonSchema>();
  const kinds: KindSchema[] = [];
  for (const apiVersion of apiVersions) {
    const [group = "", version = ""] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
    const { schemas } = readDocument(folder, apiVersion).components;
    const add = (name: string): void => {
      if (definitions.has(shortName(name))) return;
      const schema = enums.addTo(name, schemas[name] ?? {});
      definitions.set(shortName(name), {});
      definitions.set(shortName(name), strictSchema(resolve(withoutStatus(schema), add)));
    };
    add("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
    for (const [name, schema] of Object.entries(schemas)) {
      const own = (schema["x-kubernetes-group-version-kind"] as readonly GroupVersionKind[] | undefined) ?? [];
      const [{ kind } = { kind: "" }] = own.filter((entry) => entry.group === group && entry.version === version);
      if (kind === "" || neverStored.has(kind) || (kind.endsWith("List") && "items" in (schema.properties ?? {}))) continue;
      add(name);
      kinds.push({ group, version, kind, schema: { $ref: shortName(name) } });
    }
  }
  return { kinds, definitions };
}

function readDocument(folder: string, apiVersion: string): OpenApiDocument {
  const name = apiVersion.includes("/") ? `apis__${apiVersion.replace("/", "__")}` : `api__${apiVersion}`;
  return JSON.parse(readFileSync(join(folder, `api/openapi-spec/v3/${name}_openapi.json`), "utf8")) as OpenApiDocument;
}

/** The server keeps the status of built-in kinds out of what people write. */
function withoutStatus(schema: JsonSchema): JsonSchema {
  const { properties } = schema;
  if (properties?.status === undefined || properties.metadata === undefined) return schema;
  return { ...schema, properties: { ...properties, status: {} } };
}

/** A reference stands in `allOf`, beside a default; what is small stands where it is used. */
function resolve(schema: JsonSchema, add: (name: string) => void): JsonSchema {
  const { allOf, properties, items, additionalProperties, ...rest } = schema;
  const reference = schema.$ref ?? allOf?.[0]?.$ref;
  if (reference !== undefined) {
    const name = reference.slice(reference.lastIndexOf("/") + 1);
    const inlined =
      special[name] ?? (name.endsWith(".Time") || name.endsWith(".MicroTime") ? { type: "string", format: "date-time" } : undefined);
    if (inlined !== undefined) return { ...inlined, default: realDefault(schema) };
    add(name);
    return { $ref: shortName(name), default: realDefault(schema) };
  }
  return {
    ...rest,
    default: realDefault(schema),
    ...(properties !== undefined && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, resolve(field, add)])),
    }),
    ...(items !== undefined && { items: resolve(items, add) }),
    ...(typeof additionalProperties === "object" && { additionalProperties: resolve(additionalProperties, add) }),
    // duplicates in lists of built-in kinds are for each kind's own code to refuse
    "x-kubernetes-list-type": undefined,
  };
}

/** The documents call Go's empty values defaults too: what is required does not become optional by them. */
function realDefault({ default: value }: JsonSchema): unknown {
  return value === "" || value === 0 || value === false || (typeof value === "object" && value !== null && Object.keys(value).length === 0)
    ? undefined
    : value;
}

function shortName(name: string): string {
  if (name === "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta") return "ObjectMeta";
  const prefix = prefixes.find((start) => name.startsWith(start)) ?? "";
  return name.slice(prefix.length);
}
