import type { FieldCheck } from "./field-table.ts";
import { isPortName } from "./names.ts";

/** A number that is not less. */
export function atLeast(least: number): FieldCheck {
  return (value) => (typeof value === "number" && value < least ? `must be at least ${least}` : undefined);
}

/** A number from here to there, both included. */
export function between(least: number, most: number): FieldCheck {
  return (value) => (typeof value === "number" && (value < least || value > most) ? `must be from ${least} to ${most}` : undefined);
}

/** A port's number. */
export const port = between(1, 65535);

/** A port's number, or the name that a container gives it. */
export const portOrName: FieldCheck = (value) => {
  if (typeof value !== "string") return port(value);
  return isPortName(value) ? undefined : "must be a port from 1 to 65535, or a port's name: at most 15 lower-case letters, digits and '-'";
};

/** Pods: how many, or which part of all. */
export const countOrPercent: FieldCheck = (value) => {
  if (typeof value === "number") return atLeast(0)(value);
  return typeof value !== "string" || /^\d+%$/.test(value) ? undefined : "must be a number of at least 0, or a percentage such as '25%'";
};

/** As {@link countOrPercent}, and not more than all. */
export const countOrPart: FieldCheck = (value) =>
  countOrPercent(value) ?? (typeof value === "string" && Number(value.slice(0, -1)) > 100 ? "must not be more than '100%'" : undefined);

/** The id of a user or group. */
export const userId = between(0, 2 ** 31 - 1);
