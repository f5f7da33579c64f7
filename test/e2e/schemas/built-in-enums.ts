import type { JsonSchema } from "./json-schema.ts";

/** The closed choices among the fields of Kubernetes' own kinds. */
export interface BuiltInEnums {
  /** A component's schema, with the choices of its fields. */
  addTo(component: string, schema: JsonSchema): JsonSchema;
}

const functionStart = /^func schema_(\w+)\(/;
const fieldStart = /^\t{5}"([^"]+)": \{$/;
const enumLine = /^(\t+)Enum:\s+\[\]interface\{\}\{(.*)\},$/;

/** Reads the generated Go file that Kubernetes publishes its OpenAPI documents from. */
export function builtInEnums(goFile: string): BuiltInEnums {
  const found = new Map<string, readonly string[]>();
  let component = "";
  let field = "";
  for (const line of goFile.split("\n")) {
    component = functionStart.exec(line)?.[1] ?? component;
    field = fieldStart.exec(line)?.[1] ?? field;
    const [, indent, values] = enumLine.exec(line) ?? [];
    if (indent === undefined || values === undefined) continue;
    const ofItems = indent.length > 7;
    found.set(`${component} ${field}${ofItems ? "[]" : ""}`, JSON.parse(`[${values}]`) as string[]);
  }
  if (found.size === 0) throw new Error("the generated Go file names no choices: is it written differently now?");
  return {
    addTo: (name, schema) => {
      const fields = Object.entries(schema.properties ?? {}).map(([key, own]) => [
        key,
        withEnum(found, `${functionName(name)} ${key}`, own),
      ]);
      return fields.length === 0 ? schema : { ...schema, properties: Object.fromEntries(fields) as Record<string, JsonSchema> };
    },
  };
}

function withEnum(found: ReadonlyMap<string, readonly string[]>, key: string, field: JsonSchema): JsonSchema {
  const own = found.get(key);
  // to Go's decoder the empty string is no value at all
  if (own !== undefined) return { ...field, enum: [...new Set([...own, ""])] };
  const ofItems = found.get(`${key}[]`);
  return ofItems === undefined ? field : { ...field, items: { ...field.items, enum: ofItems } };
}

/** `io.k8s.api.core.v1.Container` is `k8sio_api_core_v1_Container` there: the last four parts of its package. */
function functionName(component: string): string {
  const parts = component.replace(/^io\.k8s\./, "k8sio.").split(".");
  return parts.slice(-5).join("_").replaceAll("-", "_");
}
