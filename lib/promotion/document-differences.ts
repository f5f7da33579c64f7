import type { KubernetesObject } from "../manifest/manifest.ts";
import { objectDifferences } from "../manifest/object-differences.ts";

/** A field that two environments render differently. */
export interface DocumentDifference {
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
export function documentDifferences(from: EnvironmentDocuments, to: EnvironmentDocuments): DocumentDifference[] {
  const [there, here] = [byName(from), byName(to)];
  return [...new Set([...there.keys(), ...here.keys()])].sort().flatMap((key) => {
    const [one, other] = [there.get(key), here.get(key)];
    const object = `${one?.kind ?? other?.kind ?? ""} ${one?.metadata.name ?? other?.metadata.name ?? ""}`;
    return objectDifferences(one, other)
      .filter(({ path }) => !isImage.test(path))
      .map(({ path, before, after }) => {
        return { object, path, from: before, to: after, own: neutral(before, from.names) === neutral(after, to.names) };
      });
  });
}

/** The name without what is the environment's own: a Namespace is called after it. */
function byName({ documents, names }: EnvironmentDocuments): Map<string, KubernetesObject> {
  return new Map(documents.map((document) => [`${document.kind} ${withoutNames(document.metadata.name, names)}`, document]));
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
