import { LabelIndex } from "./label-index.ts";
import type { LabelSelector } from "./label-selector.ts";
import { groupKind, type Manifest, type Owner } from "./manifest.ts";
import { podTemplateOf, type PodTemplateDocument } from "./pod-spec.ts";

/** A workload and the Pods it makes. */
export interface WorkloadFact {
  readonly manifest: Manifest;
  /** Where the Pods run: a cluster and a namespace. */
  readonly place: string;
  readonly template: PodTemplateDocument;
}

/**
 * What is known of the rendered whole: computed once at the seam and read by AppProject synthesis, rules, review and docs.
 * A place is a namespace of a cluster; objects of two places never refer to one another.
 */
export class RepositoryFacts {
  readonly manifests: readonly Manifest[];
  readonly workloads: readonly WorkloadFact[];
  readonly #byKind = new Map<string, Manifest[]>();
  readonly #byName = new Map<string, Manifest>();
  readonly #byKindAndPlace = new Map<string, Map<string, Manifest[]>>();
  readonly #workloadsByPlace = new Map<string, WorkloadFact[]>();
  #workloadsByLabel: LabelIndex<WorkloadFact> | undefined;

  constructor(manifests: readonly Manifest[]) {
    this.manifests = manifests;
    const workloads: WorkloadFact[] = [];
    for (const manifest of manifests) {
      const kind = groupKind(manifest.document);
      listIn(this.#byKind, kind).push(manifest);
      if (manifest.owner.scope === "expanded") continue;
      const key = nameKey(placeOf(manifest), kind, manifest.document.metadata.name);
      if (!this.#byName.has(key)) this.#byName.set(key, manifest);
      const template = podTemplateOf(manifest.document);
      if (template === undefined) continue;
      const workload = { manifest, place: placeOf(manifest), template };
      workloads.push(workload);
      listIn(this.#workloadsByPlace, workload.place).push(workload);
    }
    this.workloads = workloads;
  }

  /** All objects of a kind: `apps/Deployment`, `Service`. */
  ofKind(kind: string): readonly Manifest[] {
    return this.#byKind.get(kind) ?? [];
  }

  /** The object of a name, if it is rendered; see {@link placeOf}. */
  find(place: string, kind: string, name: string): Manifest | undefined {
    return this.#byName.get(nameKey(place, kind, name));
  }

  /** The objects of a kind in one place. */
  ofKindIn(place: string, kind: string): readonly Manifest[] {
    let places = this.#byKindAndPlace.get(kind);
    if (places === undefined) {
      places = new Map();
      for (const manifest of this.ofKind(kind)) listIn(places, placeOf(manifest)).push(manifest);
      this.#byKindAndPlace.set(kind, places);
    }
    return places.get(place) ?? [];
  }

  /**
   * Whether the namespace of an object is rendered on the object's cluster. Others (`argocd`, `kube-system`) hold what a Helm chart or the
   * cluster's provider put there, so that nothing can be said of what they lack.
   */
  declaresNamespaceOf(manifest: Manifest, namespace = manifest.document.metadata.namespace): boolean {
    return namespace !== undefined && this.find(placeIn(manifest.owner, undefined), "Namespace", namespace) !== undefined;
  }

  /** The workloads of a place. */
  workloadsIn(place: string): readonly WorkloadFact[] {
    return this.#workloadsByPlace.get(place) ?? [];
  }

  /** The workloads of a place whose Pods a selector takes. */
  selectedWorkloads(place: string, selector: LabelSelector): readonly WorkloadFact[] {
    this.#workloadsByLabel ??= new LabelIndex(
      this.workloads.map((item) => ({ place: item.place, labels: item.template.metadata?.labels ?? {}, item })),
    );
    return this.#workloadsByLabel.select(place, selector);
  }
}

/** The place of an object: its cluster and namespace, or its cluster alone. */
export function placeOf(manifest: Manifest): string {
  return placeIn(manifest.owner, manifest.document.metadata.namespace);
}

/** The place of a namespace on an owner's cluster. */
export function placeIn(owner: Owner, namespace: string | undefined): string {
  return `${clusterOf(owner)} ${namespace ?? ""}`;
}

/** The name of an owner's cluster; a control plane's own objects live on a place of their own. */
export function clusterOf(owner: Owner): string {
  return "cluster" in owner ? owner.cluster : `control plane ${owner.controlPlane}`;
}

function nameKey(place: string, kind: string, name: string): string {
  return `${place} ${kind} ${name}`;
}

function listIn<T>(map: Map<string, T[]>, key: string): T[] {
  const known = map.get(key);
  if (known !== undefined) return known;
  const list: T[] = [];
  map.set(key, list);
  return list;
}
