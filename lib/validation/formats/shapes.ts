import { nearestNames } from "../../errors/nearest-names.ts";
import type { FieldCheck } from "./field-table.ts";

/** One of a few words. */
export function choice(...choices: readonly string[]): FieldCheck {
  const known = new Set(choices);
  return (value) =>
    typeof value !== "string" || value === "" || known.has(value)
      ? undefined
      : `must be one of ${nearestNames(value, choices, choices.length)}`;
}

/** Fields that must be there and not be empty, although their schema does not ask for them. */
export function has(...names: readonly string[]): FieldCheck {
  return ofFields((fields) => {
    for (const name of names) if (isEmpty(fields[name])) return `needs '${name}'`;
    return undefined;
  });
}

/** Fields of which exactly one must be there. */
export function exactlyOneOf(...names: readonly string[]): FieldCheck {
  return ofFields((fields) => {
    const there = names.filter((name) => fields[name] !== undefined && fields[name] !== null);
    if (there.length === 1) return undefined;
    return there.length === 0 ? `needs one of ${quoted(names)}` : `may have one of ${quoted(there)} only`;
  });
}

/** A list that holds something. */
export const notEmpty: FieldCheck = (value) => (Array.isArray(value) && value.length === 0 ? "must not be empty" : undefined);

/** A check of several fields of an object together. */
export function ofFields(check: (fields: Readonly<Record<string, unknown>>) => string | undefined): FieldCheck {
  return (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? check(value as Readonly<Record<string, unknown>>) : undefined;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(", ");
}
