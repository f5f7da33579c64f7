import { sameValue } from "../manifest/same-value.ts";

/** A field that two versions of a document do not agree on. */
export interface FieldDifference {
  /** `spec.template.spec.containers[frontend].resources.limits.memory`. */
  readonly path: string;
  /** `undefined` where there is none. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Where two documents differ, as deep as both say something; entries of lists are told apart by their names, where they have some. */
export function fieldDifferences(before: unknown, after: unknown, path = ""): FieldDifference[] {
  if (sameValue(before, after)) return [];
  const [old, now] = [namedEntries(before), namedEntries(after)];
  if (old === undefined || now === undefined || Array.isArray(before) !== Array.isArray(after)) return [{ path, before, after }];
  const keys = [...new Set([...old.keys(), ...now.keys()])];
  const differences = keys.flatMap((key) => fieldDifferences(old.get(key), now.get(key), joined(path, key, Array.isArray(before))));
  // the same entries in another order
  return differences.length === 0 ? [{ path, before, after }] : differences;
}

function namedEntries(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const names = value.map((entry: unknown) => (hasName(entry) ? entry.name : undefined));
  if (names.some((name) => name === undefined) || new Set(names).size !== names.length) return undefined;
  return new Map(value.map((entry: unknown, index) => [names[index] ?? "", entry]));
}

function hasName(entry: unknown): entry is { readonly name: string } {
  return typeof entry === "object" && entry !== null && "name" in entry && typeof entry.name === "string";
}

function joined(path: string, key: string, inList: boolean): string {
  if (inList) return `${path}[${key}]`;
  const plain = /^[A-Za-z][A-Za-z0-9_-]*$/.test(key);
  if (!plain) return `${path}["${key}"]`;
  return path === "" ? key : `${path}.${key}`;
}
