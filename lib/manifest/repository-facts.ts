import type { Definitions } from "../definition/definitions.ts";
import { DefinitionFacts } from "./definition-facts.ts";
import { Deliveries } from "./deliveries.ts";
import { LabelIndex } from "./label-index.ts";
import { givenPodLabels } from "./given-pod-labels.ts";
import { groupKind, type Manifest, type Owner } from "./manifest.ts";
import { podReferences, type PodReference } from "./pod-references.ts";
import {
  containersOf,
  podTemplateOf,
  portsOf,
  runningContainersOf,
  type ContainerDocument,
  type ContainerPort,
  type PodTemplateDocument,
} from "./pod-spec.ts";

/** A workload and the Pods it makes. */
export interface WorkloadFact {
  readonly manifest: Manifest;
  /** Where the Pods run: a cluster and a namespace. */
  readonly place: string;
  readonly template: PodTemplateDocument;
  /** Every container of the Pods, init containers included. */
  readonly containers: readonly ContainerDocument[];
  /** The containers that run while a Pod does: see {@link runningContainersOf}. */
  readonly running: readonly ContainerDocument[];
  /** The ports that the Pods serve: see {@link portsOf}. */
  readonly ports: readonly ContainerPort[];
  /** The Secrets and ConfigMaps that the Pods read. */
  readonly reads: readonly PodReference[];
}

/** Two manifests of one object. */
export interface DuplicateFact {
  readonly first: Manifest;
  readonly second: Manifest;
}

/**
 * What is known of the rendered whole: computed once at the seam and read by every rule.
 * A place is a namespace of a cluster; objects of two places never refer to one another.
 */
export class RepositoryFacts {
  readonly manifests: readonly Manifest[];
  /** What people wrote; `undefined` where plain manifests are all there is. */
  readonly definitions: DefinitionFacts | undefined;
  /** The Kubernetes release that plain manifests are for, `1.33`; `undefined` where nobody said it, or definitions do. */
  readonly kubernetes: string | undefined;
  readonly workloads: readonly WorkloadFact[];
  /** Objects that are there twice, Applications that an ApplicationSet will make included. */
  readonly duplicates: readonly DuplicateFact[];
  /** The workloads, by the labels of their Pods. */
  readonly pods: LabelIndex<WorkloadFact>;
  /** The Services, by their own labels. */
  readonly services: LabelIndex<Manifest>;
  readonly #byKind = new Map<string, Manifest[]>();
  /** By place, then kind, then name: the strings are shared, so that no key has to be put together. */
  readonly #byName = new Map<string, Map<string, Map<string, Manifest>>>();
  readonly #declaredPlaces = new Set<string>();
  readonly #workloadsByPlace = new Map<string, WorkloadFact[]>();
  #deliveries: Deliveries | undefined;

  constructor(manifests: readonly Manifest[], definitions?: Definitions, kubernetes?: string) {
    this.manifests = manifests;
    this.kubernetes = kubernetes;
    this.definitions = definitions && new DefinitionFacts(definitions);
    const workloads: WorkloadFact[] = [];
    const duplicates: DuplicateFact[] = [];
    const kindOf = sharedKinds();
    for (const manifest of manifests) {
      const kind = kindOf(manifest);
      const place = placeOf(manifest);
      const { name } = manifest.document.metadata;
      listIn(this.#byKind, kind).push(manifest);
      const names = mapIn(mapIn(this.#byName, place), kind);
      const first = names.get(name);
      if (first !== undefined) duplicates.push({ first, second: manifest });
      if (first === undefined || first.owner.scope === "expanded") names.set(name, manifest);
      if (kind === "Namespace") this.#declaredPlaces.add(placeIn(manifest.owner, name));
      const template = podTemplateOf(manifest.document);
      if (template === undefined) continue;
      const { spec } = template;
      const [containers, running] = [containersOf(spec), runningContainersOf(spec)];
      const workload = { manifest, place, template, containers, running, ports: portsOf(spec), reads: podReferences(spec) };
      workloads.push(workload);
      listIn(this.#workloadsByPlace, place).push(workload);
    }
    this.workloads = workloads;
    this.duplicates = duplicates;
    this.pods = new LabelIndex(
      (place) => this.workloadsIn(place),
      ({ template }) => template.metadata?.labels,
      givenPodLabels,
    );
    this.services = new LabelIndex(
      (place) => [...(this.#byName.get(place)?.get("Service")?.values() ?? [])],
      ({ document }) => document.metadata.labels,
    );
  }

  /** Which Application delivers which object; none where definitions do not say what folder everything is written to. */
  get deliveries(): Deliveries | undefined {
    this.#deliveries ??= this.definitions && new Deliveries(this.manifests, this.definitions.definitions.repository.output);
    return this.#deliveries;
  }

  /** The kinds that there are, each with its objects. */
  get kinds(): ReadonlyMap<string, readonly Manifest[]> {
    return this.#byKind;
  }

  /** All objects of a kind: `apps/Deployment`, `Service`. */
  ofKind(kind: string): readonly Manifest[] {
    return this.#byKind.get(kind) ?? [];
  }

  /** The object of a name, if it is rendered; what an ApplicationSet will make is not. See {@link placeOf}. */
  find(place: string, kind: string, name: string): Manifest | undefined {
    const found = this.#byName.get(place)?.get(kind)?.get(name);
    return found?.owner.scope === "expanded" ? undefined : found;
  }

  /** The names of a kind in one place. */
  namesIn(place: string, kind: string): Iterable<string> {
    return this.#byName.get(place)?.get(kind)?.keys() ?? [];
  }

  /**
   * Whether the Namespace of a place is rendered. Others (`argocd`, `kube-system`) hold what a Helm chart or the cluster's provider put
   * there, so that nothing can be said of what they lack.
   */
  declares(place: string): boolean {
    return this.#declaredPlaces.has(place);
  }

  /** The workloads of a place. */
  workloadsIn(place: string): readonly WorkloadFact[] {
    return this.#workloadsByPlace.get(place) ?? [];
  }
}

/** By cluster or control plane, then namespace: a string that is shared is put together, hashed and compared once. */
const places = { clusters: new Map<string, Map<string, string>>(), controlPlanes: new Map<string, Map<string, string>>() };

/** The place of an object: its cluster and namespace, or its cluster alone. */
export function placeOf(manifest: Manifest): string {
  return placeIn(manifest.owner, manifest.document.metadata.namespace);
}

/** The place of a namespace on an owner's cluster. */
export function placeIn(owner: Owner, namespace = ""): string {
  const namespaces = "cluster" in owner ? mapIn(places.clusters, owner.cluster) : mapIn(places.controlPlanes, owner.controlPlane);
  let place = namespaces.get(namespace);
  if (place === undefined) {
    place = `${clusterOf(owner)} ${namespace}`;
    namespaces.set(namespace, place);
  }
  return place;
}

/** The name of an owner's cluster; a control plane's own objects live on a place of their own. */
export function clusterOf(owner: Owner): string {
  return "cluster" in owner ? owner.cluster : `control plane ${owner.controlPlane}`;
}

/** `groupKind`, each put together once. */
function sharedKinds(): (manifest: Manifest) => string {
  const known = new Map<string, Map<string, string>>();
  return ({ document }) => {
    const kinds = mapIn(known, document.apiVersion);
    let kind = kinds.get(document.kind);
    if (kind === undefined) {
      kind = groupKind(document);
      kinds.set(document.kind, kind);
    }
    return kind;
  };
}

function listIn<T>(map: Map<string, T[]>, key: string): T[] {
  const known = map.get(key);
  if (known !== undefined) return known;
  const list: T[] = [];
  map.set(key, list);
  return list;
}

function mapIn<T>(map: Map<string, Map<string, T>>, key: string): Map<string, T> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const inner = new Map<string, T>();
  map.set(key, inner);
  return inner;
}
