import { UserError } from "../errors/user-error.ts";
import type { ClusterDefinition } from "./cluster.ts";
import { requireName, requireUniqueNames } from "./name.ts";
import { requireRetiring, type RetiringPermissions } from "./retiring.ts";
import type { ServiceDefinition } from "./service.ts";
import { CallSite } from "./source-location.ts";
import type { TeamDefinition } from "./team.ts";
import type { Waiver } from "./waiver.ts";

/** A unit of a cluster-wide system: its scope is the cluster, so no overlay and no environment touches it. */
export interface ClusterUnit {
  readonly service: ServiceDefinition;
  /** The namespace of its objects. */
  readonly namespace: string;
  /** Where it runs, of the system's clusters. @default all of them */
  readonly clusters?: readonly ClusterDefinition[];
}

/** What an author says of a system whose scope is the cluster. */
export interface ClusterSystemProps {
  readonly name: string;
  readonly team: TeamDefinition;
  readonly clusters: readonly ClusterDefinition[];
  readonly units: readonly ClusterUnit[];
  /** Permissions that its AppProjects keep until what they were for is gone. @default none */
  readonly retiring?: readonly (RetiringPermissions & { readonly cluster: ClusterDefinition })[];
  /** Rules that it does not keep for a while. @default none */
  readonly waivers?: readonly Waiver[];
}

/** A system whose scope is the cluster instead of an environment: `platform`. */
export interface ClusterSystemDefinition extends ClusterSystemProps {
  readonly callSite: CallSite;
}

/**
 * Defines a system whose scope is the cluster; every unit is an Application `<system>-<unit>-<cluster>`.
 *
 * @throws UserError when a name cannot be used or stands twice, a unit is on a cluster where the system is not or has a sync wave, or what
 * retires says nothing
 */
export function defineClusterSystem(props: ClusterSystemProps): ClusterSystemDefinition {
  requireName("system", props.name);
  requireUniqueNames(
    `unit of system '${props.name}'`,
    props.units.map(({ service }) => service),
  );
  requireUniqueNames(`cluster of system '${props.name}'`, props.clusters);
  const retiring = (props.retiring ?? []).map((entry) => ({ ...entry, scope: entry.cluster }));
  requireRetiring(props.name, retiring, props.clusters);
  const stranger = props.units.flatMap(({ clusters }) => clusters ?? []).find((cluster) => !props.clusters.includes(cluster));
  if (stranger !== undefined) {
    throw new UserError(`a unit of system '${props.name}' is on cluster '${stranger.name}', where the system is not`, {
      hint: "list the cluster under clusters of the system",
    });
  }
  const ordered = props.units.find(({ service }) => service.syncWave !== undefined);
  if (ordered !== undefined) {
    throw new UserError(`the unit '${ordered.service.name}' of system '${props.name}' has a sync wave, but is an Application of its own`, {
      hint: "waves order objects inside one Application: leave it out, and rely on retries",
    });
  }
  return { ...props, callSite: CallSite.of(defineClusterSystem) };
}
