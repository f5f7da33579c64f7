import type { KubernetesObject } from "../manifest/manifest.ts";

/** A field that two environments render differently. */
export interface FieldDifference {
  /** `Deployment frontend`. */
  readonly object: string;
  /** `spec.template.spec.containers[frontend].resources.requests.cpu`; empty where only one of the two has the object. */
  readonly path: string;
  /** In the one environment; `undefined` where it has none. */
  readonly from: unknown;
  /** In the other. */
  readonly to: unknown;
  /** Whether it is nothing but the environments' own names: with these taken for one another, both are the same. */
  readonly own: boolean;
}

/** What one environment renders, and what it is called. */
export interface EnvironmentDocuments {
  readonly documents: readonly KubernetesObject[];
  /** What stands for the environment in texts, such as its namespace, domain and name: in step with the other's. */
  readonly names: readonly string[];
}

/** Which image runs is what a promotion is about. */
const isImage = /(^|\.)(containers|initContainers)\[[^\]]*\]\.image$/;

/** Every field that differs, by object and path, images left out. */
export function documentDifferences(from: EnvironmentDocuments, to: EnvironmentDocuments): FieldDifference[] {
  const [before, after] = [byName(from), byName(to)];
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((key) => {
    const [one, other] = [before.get(key), after.get(key)];
    const object = `${one?.kind ?? other?.kind ?? ""} ${one?.metadata.name ?? other?.metadata.name ?? ""}`;
    const fields = differences("", one, other);
    return fields
      .filter(({ path }) => !isImage.test(path))
      .map((field) => ({ object, ...field, own: neutral(field.from, from.names) === neutral(field.to, to.names) }));
  });
}

type Difference = Pick<FieldDifference, "path" | "from" | "to">;

/** The name without what is the environment's own: a Namespace is called after it. */
function byName({ documents, names }: EnvironmentDocuments): Map<string, KubernetesObject> {
  return new Map(documents.map((document) => [`${document.kind} ${withoutNames(document.metadata.name, names)}`, document]));
}

function differences(path: string, from: unknown, to: unknown): Difference[] {
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  const [before, after] = [entriesByKey(from), entriesByKey(to)];
  if (before === undefined || after === undefined) return [{ path, from, to }];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) =>
    differences(joined(path, key), before.get(key), after.get(key)),
  );
}

function joined(path: string, key: string): string {
  if (key.startsWith("[")) return `${path}${key}`;
  const plain = /^[A-Za-z0-9_-]+$/.test(key);
  return path === "" ? key : plain ? `${path}.${key}` : `${path}["${key}"]`;
}

/** The fields of an object, or the things of a list by their names, where all have one; else by their place. */
function entriesByKey(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    const names = list.map(nameOf);
    const named = names.every((name) => name !== undefined) && new Set(names).size === names.length;
    return new Map(list.map((entry, index) => [`[${(named ? names[index] : undefined) ?? index}]`, entry]));
  }
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : undefined;
}

function nameOf(entry: unknown): string | undefined {
  if (typeof entry !== "object" || entry === null || !("name" in entry)) return undefined;
  return typeof entry.name === "string" ? entry.name : undefined;
}

function neutral(value: unknown, names: readonly string[]): string {
  return value === undefined ? "" : withoutNames(JSON.stringify(value), names);
}

/** Longest first is the caller's order: `shop-dev` before `dev`. */
function withoutNames(text: string, names: readonly string[]): string {
  return names.reduce((rest, name, index) => (name === "" ? rest : rest.replaceAll(wholeWord(name), `<${index}>`)), text);
}

/** Not inside of another word: `dev` is no part of `device`. */
function wholeWord(name: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9])${name.replaceAll(/[.*+?^${}()|[\]\\-]/g, "\\$&")}(?![A-Za-z0-9])`, "g");
}
