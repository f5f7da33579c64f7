import { entriesOf, textsOf } from "./entries-of.ts";
import { fieldsOf } from "./fields-of.ts";
import type { KubernetesObject } from "./manifest.ts";
import type { GroupKind } from "./namespaced-kinds.ts";

/** A cluster, by address, by name or by both as far as they are known, and a namespace. */
export interface DestinationDocument {
  readonly server?: string;
  readonly name?: string;
  readonly namespace?: string;
}

/** A cluster-scoped kind, or one object of it. */
export interface ClusterResourceDocument extends GroupKind {
  readonly name?: string;
}

/** The parts of an AppProject's `spec` that permit and forbid. @see https://argo-cd.readthedocs.io/en/stable/operator-manual/project.yaml */
export interface ProjectSpec {
  readonly sourceRepos: readonly string[];
  readonly destinations: readonly DestinationDocument[];
  readonly clusterResourceWhitelist: readonly ClusterResourceDocument[];
  readonly clusterResourceBlacklist: readonly ClusterResourceDocument[];
  /** `undefined`: every namespaced kind; an empty list: none. */
  readonly namespaceResourceWhitelist: readonly GroupKind[] | undefined;
  readonly namespaceResourceBlacklist: readonly GroupKind[];
}

/** Reads an AppProject; whatever is no list counts as absent. */
export function projectSpecOf({ spec }: KubernetesObject): ProjectSpec {
  const fields = fieldsOf(spec as ProjectSpec | undefined);
  return {
    sourceRepos: textsOf(fields.sourceRepos),
    destinations: entriesOf(fields.destinations),
    clusterResourceWhitelist: entriesOf(fields.clusterResourceWhitelist),
    clusterResourceBlacklist: entriesOf(fields.clusterResourceBlacklist),
    namespaceResourceWhitelist: Array.isArray(fields.namespaceResourceWhitelist)
      ? entriesOf<GroupKind>(fields.namespaceResourceWhitelist)
      : undefined,
    namespaceResourceBlacklist: entriesOf(fields.namespaceResourceBlacklist),
  };
}
