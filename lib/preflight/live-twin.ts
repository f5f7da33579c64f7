import { ApiError } from "../cluster/api-error.ts";
import type { KubernetesApi, LiveObject } from "../cluster/kubernetes-api.ts";
import { UserError } from "../errors/user-error.ts";
import { groupKind, type Manifest } from "../manifest/manifest.ts";

/** A rendered object, and the object of the same kind, namespace and name that a cluster holds. */
export interface LiveTwin {
  readonly manifest: Manifest;
  readonly live: LiveObject;
}

/** The twins that were found, and where nobody could look. */
export interface LiveTwins {
  readonly twins: readonly LiveTwin[];
  /** Kinds that could not be listed everywhere, as `apps/Deployment`. */
  readonly hidden: ReadonlySet<string>;
}

/** Asks a cluster for the twins of rendered objects: one question for each kind in each namespace. */
export async function findLiveTwins(cluster: KubernetesApi, manifests: readonly Manifest[]): Promise<LiveTwins> {
  const places = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const { apiVersion, kind, metadata } = manifest.document;
    const place = [apiVersion, kind, metadata.namespace ?? ""].join(" ");
    places.set(place, [...(places.get(place) ?? []), manifest]);
  }
  const [twins, hidden]: [LiveTwin[], Set<string>] = [[], new Set()];
  for (const group of places.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { apiVersion, kind, metadata } = first.document;
    try {
      const objects = await cluster.list({ apiVersion, kind }, metadata.namespace === undefined ? {} : { namespace: metadata.namespace });
      const byName = new Map(objects.map((object) => [object.metadata.name, object]));
      for (const manifest of group) {
        const live = byName.get(manifest.document.metadata.name);
        if (live !== undefined) twins.push({ manifest, live });
      }
    } catch (error) {
      if (!(error instanceof UserError) && !(error instanceof ApiError)) throw error;
      hidden.add(groupKind(first.document));
    }
  }
  return { twins, hidden };
}
