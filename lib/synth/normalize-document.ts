import { secretLeaves, SecretValue } from "../definition/secret-value.ts";
import type { KubernetesObject } from "../manifest/manifest.ts";

/** The keys that a reader looks for first, in this order. */
const topLevelKeys = ["apiVersion", "kind", "metadata"];

/** The same for every other map. */
const nameFirst = ["name", "namespace"];

type PlainMap = Record<string, unknown>;

/**
 * Brings an object into the one form that the rest of the line reads; nothing else sorts or drops.
 *
 * - Keys: `apiVersion`, `kind` and `metadata` first, `name` and `namespace` first in every other map, then by code unit. (JavaScript puts keys that are
 *   whole numbers, `"8080"`, before all others and in numeric order whatever one does; that is as stable.)
 * - `null` and `undefined` go, with their key or as items of a list. A map that held nothing else goes with its key, and so on upwards; as
 *   an item of a list it becomes `{}`, because a list that loses an item means something else (`ingress: [{}]` allows all, `[]` nothing).
 * - A map or list that was written empty stays.
 *
 * Shares nothing with its input and leaves it as it was.
 *
 * @throws UserError when a value is secret
 * @throws Error when `apiVersion`, `kind` or `metadata.name` is missing, or a value is no plain data: a bug in a construct
 */
export function normalizeDocument(raw: unknown): KubernetesObject {
  const document = (isMap(raw) ? normalizeMap(raw, topLevelKeys) : undefined) ?? {};
  const metadata = document.metadata;
  requireText(document.apiVersion, "apiVersion", document);
  requireText(document.kind, "kind", document);
  requireText(isMap(metadata) ? metadata.name : undefined, "metadata.name", document);
  return document as KubernetesObject;
}

/** The map with its keys in order, or `undefined` where all that it held was dropped. */
function normalizeMap(map: PlainMap, first: readonly string[]): PlainMap | undefined {
  const keys = Object.keys(map);
  const sorted: PlainMap = {};
  let kept = false;
  for (const key of inOrder(keys, first)) {
    const value = normalizeValue(map[key], key);
    if (value === undefined) continue;
    kept = true;
    if (key === "__proto__") Object.defineProperty(sorted, key, { value, enumerable: true, configurable: true, writable: true });
    else sorted[key] = value;
  }
  return kept || keys.length === 0 ? sorted : undefined;
}

function normalizeValue(value: unknown, key: string): unknown {
  if (typeof value !== "object") return value;
  if (value === null) return undefined;
  if (Array.isArray(value)) return normalizeList(value, key);
  if (value instanceof SecretValue) throw secretLeaves(`be rendered as '${key}'`);
  if (!isMap(value)) throw new Error(`the value of '${key}' is no plain data but an instance of ${value.constructor.name}`);
  return normalizeMap(value, nameFirst);
}

function normalizeList(list: readonly unknown[], key: string): unknown[] {
  const items: unknown[] = [];
  for (const item of list) {
    if (item === undefined || item === null) continue;
    items.push(normalizeValue(item, key) ?? {});
  }
  return items;
}

function inOrder(keys: string[], first: readonly string[]): string[] {
  // cdk8s sorts already, and a glance is cheaper than a sort.
  if (!isSorted(keys)) keys.sort();
  let front = 0;
  for (const key of first) {
    const index = keys.indexOf(key, front);
    if (index < 0) continue;
    keys.copyWithin(front + 1, front, index);
    keys[front] = key;
    front++;
  }
  return keys;
}

function isSorted(keys: readonly string[]): boolean {
  let previous = "";
  for (const key of keys) {
    if (key < previous) return false;
    previous = key;
  }
  return true;
}

/** A literal, whichever realm it comes from; no class instance, no Date, no Map. */
function isMap(value: unknown): value is PlainMap {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

function requireText(value: unknown, field: string, document: PlainMap): void {
  if (typeof value === "string" && value !== "") return;
  throw new Error(`an object without '${field}': ${JSON.stringify(document).slice(0, 200)}`);
}
