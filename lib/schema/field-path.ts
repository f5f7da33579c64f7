import { joinPath } from "../manifest/join-path.ts";
import type { SchemaError } from "./load-validators.ts";

/** The place of an error as people write it: `spec.ports[0].name`, `metadata.labels["app.kubernetes.io/name"]`. */
export function fieldPath(document: object, { instancePath, params }: SchemaError): string {
  const steps = [...stepsOf(instancePath), ...lastStep(params)];
  let path = "";
  let value: unknown = document;
  for (const step of steps) {
    path = joinPath(path, Array.isArray(value) ? Number(step) : step);
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[step];
  }
  return path;
}

/** The value at an error's place. */
export function valueAt(document: object, { instancePath }: SchemaError): unknown {
  return stepsOf(instancePath).reduce<unknown>((value, step) => (value as Readonly<Record<string, unknown>> | undefined)?.[step], document);
}

/** The steps of a JSON pointer: names of fields, and indexes of lists. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Some errors are noted at an object, and are about one of its fields. */
function lastStep(params: SchemaError["params"]): string[] {
  const field = params?.field ?? params?.missingProperty ?? params?.index;
  return typeof field === "string" || typeof field === "number" ? [`${field}`] : [];
}
