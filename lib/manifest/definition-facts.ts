import type { ClusterDefinition } from "../definition/cluster.ts";
import { type ControlPlaneDefinition, servingControlPlane } from "../definition/control-plane.ts";
import type { Definitions } from "../definition/definitions.ts";
import type { EnvironmentDefinition } from "../definition/environment.ts";
import type { Owner } from "./manifest.ts";

/** What people wrote, found by the names that owners of manifests carry. */
export class DefinitionFacts {
  readonly definitions: Definitions;
  readonly #environments: ReadonlyMap<string, EnvironmentDefinition>;
  readonly #clusters: ReadonlyMap<string, ClusterDefinition>;
  readonly #controlPlanes: ReadonlyMap<string, ControlPlaneDefinition>;

  constructor(definitions: Definitions) {
    const { environments, controlPlanes, clusterSystems } = definitions;
    this.definitions = definitions;
    this.#environments = byName(environments.map(({ definition }) => definition));
    this.#controlPlanes = byName(controlPlanes);
    this.#clusters = byName([
      ...environments.flatMap(({ definition }) => definition.clusters),
      ...controlPlanes.map(({ cluster }) => cluster),
      ...clusterSystems.flatMap(({ clusters }) => clusters),
    ]);
  }

  /** The environment of an object, or that an object delivers; none where it is cluster-wide. */
  environmentOf(owner: Owner): EnvironmentDefinition | undefined {
    return "environment" in owner && owner.environment !== undefined ? this.#environments.get(owner.environment) : undefined;
  }

  /** The cluster that an object lands on: for what Argo CD itself reads, the one that Argo CD runs in. */
  clusterOf(owner: Owner): ClusterDefinition | undefined {
    return "cluster" in owner ? this.#clusters.get(owner.cluster) : this.#controlPlanes.get(owner.controlPlane)?.cluster;
  }

  /** The control plane whose Argo CD delivers an object, or reads an object of its own. */
  controlPlaneOf(owner: Owner): ControlPlaneDefinition | undefined {
    if ("controlPlane" in owner) return this.#controlPlanes.get(owner.controlPlane);
    const { controlPlanes } = this.definitions;
    const environment = this.environmentOf(owner);
    if (environment !== undefined) return servingControlPlane(this.definitions, environment.name);
    return (
      controlPlanes.find(({ cluster }) => cluster.name === owner.cluster) ??
      controlPlanes.find(({ environments }) => environments.some(({ clusters }) => clusters.some(({ name }) => name === owner.cluster)))
    );
  }

  /** Whether an object belongs to an environment whose changes stand behind a reviewed pull request: what must not break. */
  isProduction(owner: Owner): boolean {
    return this.environmentOf(owner)?.policy.approval === "pull-request";
  }
}

function byName<T extends { readonly name: string }>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map((entry) => [entry.name, entry]));
}
