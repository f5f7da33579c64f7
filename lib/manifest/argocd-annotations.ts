import type { Manifest } from "./manifest.ts";
import type { RepositoryFacts } from "./repository-facts.ts";

/** The annotations of Argo CD that Keelson writes or judges. @see https://argo-cd.readthedocs.io/en/stable/user-guide/annotations-and-labels/ */
export const argocdAnnotation = {
  compareOptions: "argocd.argoproj.io/compare-options",
  hook: "argocd.argoproj.io/hook",
  hookDeletePolicy: "argocd.argoproj.io/hook-delete-policy",
  manifestGeneratePaths: "argocd.argoproj.io/manifest-generate-paths",
  syncOptions: "argocd.argoproj.io/sync-options",
  syncWave: "argocd.argoproj.io/sync-wave",
  trackingId: "argocd.argoproj.io/tracking-id",
} as const;

/** What all keys of Argo CD's own annotations and labels start with. */
export const argocdPrefix = "argocd.argoproj.io/";

/** When a hook runs. The last two belong to an Application's deletion; `Skip` applies nothing. */
export const hookPhases = ["PreSync", "Sync", "PostSync", "SyncFail", "Skip", "PreDelete", "PostDelete"] as const;

/** When a hook that ended is deleted. */
export const hookDeletePolicies = ["HookSucceeded", "HookFailed", "BeforeHookCreation"] as const;

/** Annotations that Argo CD reads from files, and those that it, or a person, writes on live objects. */
export const argocdAnnotationKeys: ReadonlySet<string> = new Set([
  ...Object.values(argocdAnnotation),
  "argocd.argoproj.io/application-set-refresh",
  "argocd.argoproj.io/client-side-apply-migration-manager",
  "argocd.argoproj.io/deletion-approved",
  "argocd.argoproj.io/hydrate",
  "argocd.argoproj.io/ignore-default-links",
  "argocd.argoproj.io/ignore-healthcheck",
  "argocd.argoproj.io/ignore-resource-updates",
  "argocd.argoproj.io/installation-id",
  "argocd.argoproj.io/managed-by-url",
  "argocd.argoproj.io/refresh",
  "argocd.argoproj.io/skip-reconcile",
]);

/** Labels of Argo CD, and of the operator that OpenShift and others install it by. */
export const argocdLabelKeys: ReadonlySet<string> = new Set([
  "argocd.argoproj.io/auto-label-cluster-info",
  "argocd.argoproj.io/instance",
  "argocd.argoproj.io/kubernetes-version",
  "argocd.argoproj.io/managed-by",
  "argocd.argoproj.io/managed-by-cluster-argocd",
  "argocd.argoproj.io/secret-type",
]);

/** Finalizers of Argo CD; nobody ever takes another off again. */
export const argocdFinalizers: ReadonlySet<string> = new Set([
  "argocd.argoproj.io/hook-finalizer",
  "post-delete-finalizer.argocd.argoproj.io",
  "post-delete-finalizer.argocd.argoproj.io/cleanup",
  "pre-delete-finalizer.argocd.argoproj.io",
  "pre-delete-finalizer.argocd.argoproj.io/cleanup",
  "resources-finalizer.argocd.argoproj.io",
  "resources-finalizer.argocd.argoproj.io/background",
  "resources-finalizer.argocd.argoproj.io/foreground",
]);

/** The parts of an annotation that lists: without blanks around them, empty ones left out, as Argo CD reads it. */
export function listedIn(annotation: string | undefined): string[] {
  if (typeof annotation !== "string") return [];
  return annotation
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

const annotated = new WeakMap<RepositoryFacts, readonly Manifest[]>();

/** The objects with an annotation or label of Argo CD's own, found once for all rules. */
export function argocdAnnotated(facts: RepositoryFacts): readonly Manifest[] {
  let found = annotated.get(facts);
  if (found === undefined) {
    found = facts.manifests.filter(({ document: { metadata } }) => hasArgocdKey(metadata.annotations) || hasArgocdKey(metadata.labels));
    annotated.set(facts, found);
  }
  return found;
}

function hasArgocdKey(map: Readonly<Record<string, string>> | undefined): boolean {
  for (const key in map) if (key.startsWith(argocdPrefix)) return true;
  return false;
}
