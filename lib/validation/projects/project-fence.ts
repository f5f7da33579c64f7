import { isGlob, matchesGlob } from "../../manifest/argocd-glob.ts";
import { clusterScopedKinds } from "../../manifest/cluster-scoped-kinds.ts";
import { comparableGitUrl } from "../../manifest/git-url.ts";
import { inClusterName, inClusterServer } from "../../manifest/in-cluster.ts";
import { groupKind, type KubernetesObject, type Manifest } from "../../manifest/manifest.ts";
import type { GroupKind } from "../../manifest/namespaced-kinds.ts";
import { type ClusterResourceDocument, type DestinationDocument, type ProjectSpec, projectSpecOf } from "../../manifest/project-spec.ts";

type KindVerdict = "permitted kind" | "forbidden kind" | "cluster";

/** What a project says to an object. */
export type Verdict = Exclude<KindVerdict, "cluster"> | "permitted cluster object" | "forbidden cluster object";

/**
 * What an AppProject permits, by Argo CD's own reading: an entry that starts with `!` forbids whatever another permits, an absent list of namespaced
 * kinds permits all of them and an empty one none, and a cluster-scoped kind may be narrowed to names.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
 */
export class ProjectFence {
  readonly manifest: Manifest;
  readonly spec: ProjectSpec;
  /** By version and kind: an object is judged by two look-ups. */
  readonly #kinds = new Map<string, Map<string, KindVerdict>>();

  constructor(manifest: Manifest) {
    this.manifest = manifest;
    this.spec = projectSpecOf(manifest.document);
  }

  /** Whether Applications may read a repository. */
  permitsSource(url: string): boolean {
    const wanted = comparableGitUrl(url);
    let permitted = false;
    for (const entry of this.spec.sourceRepos) {
      const matched = matches(comparableSource(entry), wanted, "path");
      if (matched) permitted = true;
      else if (denies(entry)) return false;
    }
    return permitted;
  }

  /** Whether Applications may deploy to a namespace of a cluster. */
  permitsDestination(wanted: DestinationDocument): boolean {
    const destination = withBothNames(wanted);
    let permitted = false;
    for (const entry of this.spec.destinations) {
      const { byName, byServer, inNamespace } = matchedParts(entry, destination);
      if ((byServer || byName) && inNamespace) permitted = true;
      else if (
        (!byName && denies(entry.name)) ||
        (!byServer && denies(entry.server) && inNamespace) ||
        (!inNamespace && denies(entry.namespace) && byServer)
      )
        return false;
    }
    return permitted;
  }

  /** Whether Applications may hold an object of the whole cluster. */
  permitsClusterObject(groupKind: string, name: string): boolean {
    const wanted = { ...splitKind(groupKind), name };
    return (
      this.spec.clusterResourceWhitelist.some((entry) => coversObject(entry, wanted)) &&
      !this.spec.clusterResourceBlacklist.some((entry) => coversObject(entry, wanted))
    );
  }

  /** What the project says to an object, but for its namespace. */
  verdictOn({ apiVersion, kind, metadata }: KubernetesObject): Verdict {
    const kinds = this.#kinds.get(apiVersion) ?? new Map<string, KindVerdict>();
    this.#kinds.set(apiVersion, kinds);
    let verdict = kinds.get(kind);
    if (verdict === undefined) {
      verdict = this.#judgeKind(groupKind({ apiVersion, kind }));
      kinds.set(kind, verdict);
    }
    if (verdict !== "cluster") return verdict;
    return this.permitsClusterObject(groupKind({ apiVersion, kind }), metadata.name)
      ? "permitted cluster object"
      : "forbidden cluster object";
  }

  #judgeKind(kind: string): KindVerdict {
    if (clusterScopedKinds.has(kind)) return "cluster";
    const { namespaceResourceWhitelist: listed, namespaceResourceBlacklist } = this.spec;
    const wanted = splitKind(kind);
    const covers = (entry: GroupKind): boolean => coversKind(entry, wanted);
    return (listed === undefined || listed.some(covers)) && !namespaceResourceBlacklist.some(covers) ? "permitted kind" : "forbidden kind";
  }
}

/** Whether an entry of a list forbids. */
export function denies(entry: string | undefined): boolean {
  return entry?.startsWith("!") ?? false;
}

/** Whether an entry of `sourceRepos`, by itself, permits a repository. */
export function coversSource(entry: string, url: string): boolean {
  return matches(comparableSource(entry), comparableGitUrl(url), "path");
}

/** Whether an entry of `destinations`, by itself, permits a namespace of a cluster. */
export function coversDestination(entry: DestinationDocument, wanted: DestinationDocument): boolean {
  const { byName, byServer, inNamespace } = matchedParts(entry, withBothNames(wanted));
  return (byName || byServer) && inNamespace;
}

/** Whether an entry of `clusterResourceWhitelist` names an object. */
export function coversObject(entry: ClusterResourceDocument, wanted: Required<ClusterResourceDocument>): boolean {
  return coversKind(entry, wanted) && ((entry.name ?? "") === "" || matchesGlob(entry.name ?? "", wanted.name, "kind"));
}

/** `apps/Deployment` → group and kind; the core group is `""`. */
export function splitKind(groupKind: string): GroupKind {
  const slash = groupKind.indexOf("/");
  return slash < 0 ? { group: "", kind: groupKind } : { group: groupKind.slice(0, slash), kind: groupKind.slice(slash + 1) };
}

function coversKind({ group, kind }: GroupKind, wanted: GroupKind): boolean {
  return fits(kind, wanted.kind) && fits(group, wanted.group);
}

function fits(pattern: string, text: string): boolean {
  return pattern === text || (isGlob(pattern) && matchesGlob(pattern, text, "kind"));
}

function comparableSource(entry: string): string {
  return denies(entry) ? `!${comparableGitUrl(entry.slice(1))}` : comparableGitUrl(entry);
}

function matches(pattern: string, text: string, dialect: "path" | "text"): boolean {
  if (denies(pattern)) return !matchesGlob(pattern.slice(1), text, dialect);
  // beyond `/` too, as Argo CD takes it for sources
  return pattern === "*" || matchesGlob(pattern, text, dialect);
}

function matchedParts(
  entry: DestinationDocument,
  { name = "", server = "", namespace = "" }: DestinationDocument,
): { readonly byName: boolean; readonly byServer: boolean; readonly inNamespace: boolean } {
  return {
    byName: name !== "" && matches(entry.name ?? "", name, "text"),
    byServer: server !== "" && matches(entry.server ?? "", server, "text"),
    inNamespace: matches(entry.namespace ?? "", namespace, "text"),
  };
}

/** Argo CD knows a cluster by address and name, whichever an Application gives; here that is known of its own cluster only. */
function withBothNames(destination: DestinationDocument): DestinationDocument {
  if (destination.server === inClusterServer) return { name: inClusterName, ...destination };
  return destination.name === inClusterName ? { server: inClusterServer, ...destination } : destination;
}
