import type { MeshProps } from "../definition/cluster.ts";
import { fieldsOf } from "./fields-of.ts";
import type { Labels } from "./label-selector.ts";
import type { Manifest } from "./manifest.ts";
import { placeIn, type RepositoryFacts, type WorkloadFact } from "./repository-facts.ts";

/** Labels that put Pods into a mesh, or keep them out. @see https://istio.io/latest/docs/reference/config/labels/ */
export const meshLabel = {
  /** On Namespaces: `enabled` or `disabled`. */
  injection: "istio-injection",
  /** On Namespaces and Pods: the revision of istiod that injects. */
  revision: "istio.io/rev",
  /** On Pods, as a label or, of old, an annotation: `true` or `false`. */
  inject: "sidecar.istio.io/inject",
  /** On Namespaces and Pods: `ambient` or `none`. */
  dataplane: "istio.io/dataplane-mode",
  /** An annotation of Pods: `true` where their sidecar is to be a native one, whatever istiod's default. */
  nativeSidecar: "sidecar.istio.io/nativeSidecar",
} as const;

/** The label by which a Namespace, or a Pod for itself, asks for each mode. */
export type AskedModes = Readonly<Partial<Record<MeshProps["mode"], string>>>;

/** What a Namespace asks for its Pods. */
export function modesOfNamespace(namespace: Manifest | undefined): AskedModes {
  const labels: Labels = fieldsOf(namespace?.document.metadata.labels) as Labels;
  return {
    ...(labels[meshLabel.revision] !== undefined && { sidecar: meshLabel.revision }),
    ...(labels[meshLabel.injection] === "enabled" && { sidecar: meshLabel.injection }),
    ...(labels[meshLabel.dataplane] === "ambient" && { ambient: meshLabel.dataplane }),
  };
}

/** What the Pods of a workload ask for themselves. */
export function modesOfPods(workload: WorkloadFact): AskedModes {
  return {
    ...(markOf(workload, meshLabel.revision) !== undefined && { sidecar: meshLabel.revision }),
    ...(markOf(workload, meshLabel.inject) === "true" && { sidecar: meshLabel.inject }),
    ...(markOf(workload, meshLabel.dataplane) === "ambient" && { ambient: meshLabel.dataplane }),
  };
}

/** Whether the Pods of a workload are to be in a mesh by a mode: their Namespace or they themselves ask for it, and nothing keeps them out. */
export function isInMesh(facts: RepositoryFacts, workload: WorkloadFact, mode: MeshProps["mode"]): boolean {
  const { owner, document } = workload.manifest;
  const asked = modesOfPods(workload)[mode] ?? modesOfNamespace(namespaceOf(facts, owner, document.metadata.namespace))[mode];
  if (asked === undefined) return false;
  return mode === "sidecar" ? markOf(workload, meshLabel.inject) !== "false" : markOf(workload, meshLabel.dataplane) !== "none";
}

/** A label of the Pods, or else the annotation of that name: the mesh reads either. */
export function markOf({ template }: WorkloadFact, name: string): string | undefined {
  const { labels, annotations } = fieldsOf(template.metadata);
  return labels?.[name] ?? annotations?.[name];
}

function namespaceOf(facts: RepositoryFacts, owner: Manifest["owner"], name = ""): Manifest | undefined {
  return facts.find(placeIn(owner, undefined), "Namespace", name);
}
