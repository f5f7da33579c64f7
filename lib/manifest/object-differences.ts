import { joinPath } from "./join-path.ts";
import { sameValue } from "./same-value.ts";

/** A field that two versions of an object do not agree on. */
export interface FieldDifference {
  /** `spec.template.spec.containers[frontend].resources.limits.memory`; empty where only one of the two is there. */
  readonly path: string;
  /** `undefined` where there is none. */
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * Where two objects differ, as deep as both say something. Things of a list are held beside each other by their names, where all have one of their
 * own, else by their places; where nothing but their order differs, the list does.
 */
export function objectDifferences(before: unknown, after: unknown, path = ""): FieldDifference[] {
  if (sameValue(before, after)) return [];
  const whole: FieldDifference = { path, before, after };
  if (Array.isArray(before) && Array.isArray(after)) {
    const isNamed = [before, after].every(haveNames);
    const differences = differencesIn(thingsOf(before, isNamed), thingsOf(after, isNamed), (key) => `${path}[${key}]`);
    return differences.length === 0 ? [whole] : differences;
  }
  if (!isObject(before) || !isObject(after)) return [whole];
  return differencesIn(new Map(Object.entries(before)), new Map(Object.entries(after)), (key) => joinPath(path, key));
}

type Things = ReadonlyMap<string, unknown>;

function differencesIn(before: Things, after: Things, pathOf: (key: string) => string): FieldDifference[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys.flatMap((key) => objectDifferences(before.get(key), after.get(key), pathOf(key)));
}

function thingsOf(list: readonly unknown[], isNamed: boolean): Things {
  return new Map(list.map((thing, index) => [(isNamed ? nameOf(thing) : undefined) ?? String(index), thing]));
}

function haveNames(list: readonly unknown[]): boolean {
  const names = list.map(nameOf);
  return !names.includes(undefined) && new Set(names).size === names.length;
}

function nameOf(thing: unknown): string | undefined {
  return isObject(thing) && "name" in thing && typeof thing.name === "string" ? thing.name : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
