import { SyncOption, syncOptionsAnnotation } from "./sync-option.ts";

/**
 * Annotations of an Application or ApplicationSet whose loss would take running systems with it: production's Applications.
 * A line deleted in `system.ts` then waits until somebody confirms.
 */
export const applicationProtection: Readonly<Record<string, string>> = {
  "argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm",
};

/**
 * The sync options that a resource needs because of what it holds: `Prune=false,Delete=confirm` for a Namespace, `Prune=confirm,Delete=confirm` for
 * what holds data, none for all else. For a resource with further options of its own; else see {@link protectionAnnotations}.
 *
 * @param groupKind - `apps/StatefulSet`, or `Namespace` for the core group, as `groupKind` of `lib/manifest/manifest.ts` gives it
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#resource-pruning-with-confirmation
 */
export function protectionOptions(groupKind: string): readonly SyncOption<"resource">[] {
  switch (groupKind) {
    case "Namespace":
      return [SyncOption.prune("false"), SyncOption.delete("confirm")];
    case "PersistentVolumeClaim":
    case "apiextensions.k8s.io/CustomResourceDefinition":
    case "apps/StatefulSet":
      return [SyncOption.prune("confirm"), SyncOption.delete("confirm")];
    default:
      return [];
  }
}

/**
 * The annotations that a resource needs because of what it holds; none for most kinds.
 *
 * @param groupKind - `apps/StatefulSet`, or `Namespace` for the core group
 */
export function protectionAnnotations(groupKind: string): Readonly<Record<string, string>> {
  return syncOptionsAnnotation(...protectionOptions(groupKind));
}
