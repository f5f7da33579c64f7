import { namespaceNameLabel } from "../manifest/admission-names.ts";
import type { LabelSelector } from "../manifest/label-selector.ts";

/**
 * Selects namespaces by name. Labels of one's own would be in the hand of whoever may edit a Namespace, and are missing while Argo CD has made
 * one for an Application and not yet synced the Namespace itself.
 */
export function namespacesByName(names: readonly string[]): LabelSelector {
  return { matchExpressions: [{ key: namespaceNameLabel, operator: "In", values: [...new Set(names)].sort() }] };
}
