import type { ClusterDefinition } from "../definition/cluster.ts";
import type { ResolvedSystem } from "./resolve-systems.ts";
import { sortByName } from "./sort-by-name.ts";

/** An Application of a system: what it holds and what it is called. */
export interface SystemApplication {
  readonly name: string;
  readonly cluster: ClusterDefinition;
  /** The unit it holds; `undefined`: the whole system. */
  readonly unit: string | undefined;
}

/**
 * The Applications of a system in an environment: `<system>-<unit>-<environment>` or `<system>-<environment>`, with the cluster behind it only
 * where the environment has several. In the order of the clusters' names, then of the units.
 */
export function applicationsOf({ system, environment, units }: ResolvedSystem): SystemApplication[] {
  const clusters = sortByName(environment.clusters, ({ name }) => name);
  const suffix = (cluster: ClusterDefinition): string => (clusters.length > 1 ? `-${cluster.name}` : "");
  if (system.applications !== "per-service") {
    return clusters.map((cluster) => ({
      name: `${system.name}-${environment.name}${suffix(cluster)}`,
      cluster,
      unit: undefined,
    }));
  }
  const names = [...new Set(units.map(({ name }) => name))];
  return clusters.flatMap((cluster) =>
    names.map((unit) => ({ name: `${system.name}-${unit}-${environment.name}${suffix(cluster)}`, cluster, unit })),
  );
}
