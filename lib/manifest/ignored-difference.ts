import { matchesGlob } from "./argocd-glob.ts";
import { entriesOf, textsOf } from "./entries-of.ts";
import { fieldsOf } from "./fields-of.ts";
import type { KubernetesObject } from "./manifest.ts";

/** An entry of an Application's `ignoreDifferences`. @see https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/ */
export interface IgnoredDifference {
  readonly group?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly jsonPointers?: readonly string[];
  readonly jqPathExpressions?: readonly string[];
  readonly managedFieldsManagers?: readonly string[];
}

/** The entries of an Application. */
export function ignoredDifferencesOf({ spec }: KubernetesObject): readonly IgnoredDifference[] {
  return entriesOf(fieldsOf(spec as { readonly ignoreDifferences?: readonly IgnoredDifference[] } | undefined).ignoreDifferences);
}

/** Whether an entry is about an object: its group and kind may be patterns, its name and namespace are exact. */
export function concerns(entry: IgnoredDifference, { apiVersion, kind, metadata }: KubernetesObject): boolean {
  const { group = "", kind: kinds = "", name = "", namespace = "" } = entry;
  return (
    matchesGlob(kinds, kind, "text") &&
    matchesGlob(group, apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "", "text") &&
    (name === "" || name === metadata.name) &&
    (namespace === "" || namespace === metadata.namespace)
  );
}

/** Whether an entry leaves out what a file says of an object: only then does a sync write over it. What jq or field managers leave out is not known here. */
export function hidesWhatIsWritten(
  { jsonPointers, jqPathExpressions, managedFieldsManagers }: IgnoredDifference,
  document: object,
): boolean {
  if (textsOf(jqPathExpressions).length + textsOf(managedFieldsManagers).length > 0) return true;
  return textsOf(jsonPointers).some((pointer) => holds(document, pointer));
}

/** Whether an entry leaves out the number of replicas. */
export function hidesReplicas({ jsonPointers, jqPathExpressions }: IgnoredDifference): boolean {
  return textsOf(jsonPointers).includes("/spec/replicas") || textsOf(jqPathExpressions).includes(".spec.replicas");
}

function holds(document: object, pointer: string): boolean {
  let value: unknown = document;
  for (const part of pointer.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return true;
}
