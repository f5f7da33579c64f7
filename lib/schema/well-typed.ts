import type { KubernetesObject } from "../manifest/manifest.ts";
import { stepsOf } from "./field-path.ts";
import { validatorOf } from "./load-validators.ts";

type Container = Record<string, unknown> | unknown[];

/**
 * The object without the values that are of another type than the schema of its kind has there: what reads it further finds a field missing, never a
 * text where a list is meant. Itself where there are none, or no schema.
 */
export function wellTyped(document: KubernetesObject): KubernetesObject {
  const validator = validatorOf(document);
  if (validator === undefined || validator(document)) return document;
  const wrong = (validator.errors ?? [])
    .filter(({ keyword }) => keyword === "type" || keyword === "types")
    .map(({ instancePath }) => instancePath);
  if (wrong.length === 0) return document;
  const copy = structuredClone(document);
  // from the end, so that the places of list items stay what they are
  for (const pointer of [...new Set(wrong)].reverse()) removeAt(copy, pointer);
  return copy;
}

function removeAt(root: Container, pointer: string): void {
  const steps = stepsOf(pointer);
  const last = steps.pop();
  if (last === undefined) return;
  const parent = steps.reduce<unknown>((value, step) => (value as Readonly<Record<string, unknown>> | undefined)?.[step], root);
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (typeof parent === "object" && parent !== null) Reflect.deleteProperty(parent, last);
}
