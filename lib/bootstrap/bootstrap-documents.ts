import type { ControlPlaneDefinition } from "../definition/control-plane.ts";
import { label } from "../manifest/labels.ts";
import type { KubernetesObject, Manifest } from "../manifest/manifest.ts";

/** What the bootstrap applies, each as it stands in `dist/`. */
export interface BootstrapDocuments {
  /** The AppProject of the roots. */
  readonly project: KubernetesObject;
  /** The root Application. */
  readonly root: KubernetesObject;
  /** Argo CD's own ConfigMaps, which Git keeps afterwards; sorted by name. */
  readonly settings: readonly KubernetesObject[];
}

/**
 * Picks from the rendered whole what a control plane starts from.
 *
 * @param manifests - of the whole repository
 */
export function bootstrapDocuments(
  manifests: readonly Manifest[],
  { name, namespace, cluster }: ControlPlaneDefinition,
): BootstrapDocuments {
  const bootstrap = manifests.filter(({ owner }) => owner.scope === "bootstrap" && owner.controlPlane === name);
  const only = (kind: string): KubernetesObject => {
    const [found, ...others] = bootstrap.filter(({ document }) => document.kind === kind);
    if (found === undefined || others.length > 0)
      throw new Error(`control plane '${name}' has ${others.length + (found ? 1 : 0)} ${kind}s`);
    return found.document;
  };
  const settings = manifests
    .filter(({ owner }) => owner.scope === "cluster" && owner.cluster === cluster.name)
    .map(({ document }) => document)
    .filter(
      ({ kind, metadata }) => kind === "ConfigMap" && metadata.namespace === namespace && metadata.labels?.[label.partOf] === "argocd",
    )
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  return { project: only("AppProject"), root: only("Application"), settings };
}
