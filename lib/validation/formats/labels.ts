import type { FieldCheck, FieldTable } from "./field-table.ts";
import { isSubdomain, text } from "./names.ts";
import { choice } from "./shapes.ts";

/** Of the keys and values of all annotations together, in bytes. */
const mostAnnotations = 256 * 1024;

/** Keys that were judged: they are few, and come back in thousands of objects. */
const judged = new Map<string, boolean>();

const namePart = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
export const labelKey = text(
  isQualifiedName,
  "must be a label's key: at most 63 letters, digits, '-', '_' and '.', behind a domain and '/' where it has one",
);

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
export const labelValue = text(
  isLabelValue,
  "must be a label's value: at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit",
);

/** Keys and values of labels, or of what selects by them. */
export const labels: FieldCheck = (value) => {
  if (!isMap(value)) return undefined;
  for (const key in value) {
    const own = value[key];
    if (!isQualifiedName(key)) return `has the key '${key}', which no label may have`;
    if (typeof own === "string" && !isLabelValue(own)) return `has the value '${own}' for '${key}', which no label may have`;
  }
  return undefined;
};

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set */
export const annotations: FieldCheck = (value) => {
  if (!isMap(value)) return undefined;
  let size = 0;
  for (const key in value) {
    const own = value[key];
    if (!isQualifiedName(key.toLowerCase())) return `has the key '${key}', which no annotation may have`;
    size += key.length + (typeof own === "string" ? own.length : 0);
  }
  return size > mostAnnotations ? `must be at most ${mostAnnotations} bytes together, got ${size}` : undefined;
};

/** @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/label-selector/#LabelSelector */
export const labelSelector: FieldTable = {
  matchLabels: labels,
  "matchExpressions[]": {
    "": (value) => {
      const { operator, values } = value as { readonly operator?: unknown; readonly values?: readonly unknown[] };
      const some = Array.isArray(values) && values.length > 0;
      if ((operator === "In" || operator === "NotIn") && !some) return `needs values for '${operator}'`;
      return (operator === "Exists" || operator === "DoesNotExist") && some ? `takes no values for '${operator}'` : undefined;
    },
    key: labelKey,
    operator: choice("In", "NotIn", "Exists", "DoesNotExist"),
    "values[]": labelValue,
  },
};

/** Whether a key of a label, or the name of a resource or finalizer, may be so: a name, behind a domain and `/` where it has one. */
export function isQualifiedName(value: string): boolean {
  let qualified = judged.get(value);
  if (qualified === undefined) {
    const slash = value.indexOf("/");
    const name = value.slice(slash + 1);
    qualified = name.length <= 63 && namePart.test(name) && (slash < 0 || isSubdomain(value.slice(0, slash)));
    judged.set(value, qualified);
  }
  return qualified;
}

function isLabelValue(value: string): boolean {
  return value === "" || (value.length <= 63 && namePart.test(value));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
