import { syncWaveAnnotation } from "../argocd/sync-wave.ts";
import type { ClusterDefinition } from "../definition/cluster.ts";
import type { ClusterSystemDefinition } from "../definition/cluster-system.ts";
import type { Definitions, RegisteredEnvironment } from "../definition/definitions.ts";
import type { EnvironmentDefinition } from "../definition/environment.ts";
import type { EnvironmentPolicy } from "../definition/environment-policy.ts";
import { namespaceOf } from "../definition/namespace-of.ts";
import type { ServiceDefinition } from "../definition/service.ts";
import type { CallSite } from "../definition/source-location.ts";
import type { SystemDefinition } from "../definition/system.ts";
import type { UnitContext, WorkloadClass } from "../definition/workload-class.ts";
import type { ImagePins } from "../image/image-pins.ts";
import { PinnedImages } from "../image/pinned-images.ts";
import type { Owner } from "../manifest/manifest.ts";
import { SystemNamespace } from "../namespace/system-namespace.ts";
import { layersOf, namespaceLayersOf, type PropsLayer } from "../overlay/resolve-props.ts";
import { resolveCalls } from "./resolve-calls.ts";
import { sortByName } from "./sort-by-name.ts";
import { clusterUnitContext, unitContext } from "./unit-context.ts";

/** A unit on one cluster, ready to be built: its construct, the layers of its props and what it is told about its place. */
export interface ResolvedUnit {
  readonly owner: Owner;
  /** In the author's words, for errors: `'shop/frontend' in 'production'`. */
  readonly title: string;
  readonly name: string;
  readonly construct: WorkloadClass<never>;
  readonly layers: readonly PropsLayer[];
  readonly context: UnitContext;
  readonly callSite: CallSite;
}

/** A system in an environment. */
export interface ResolvedSystem {
  readonly system: SystemDefinition;
  readonly environment: EnvironmentDefinition;
  /** The environment's policy with the system's deviation laid over. */
  readonly policy: EnvironmentPolicy;
  readonly namespace: string;
  readonly units: readonly ResolvedUnit[];
  /** The pins of its units, in step with `units`. */
  readonly images: readonly PinnedImages[];
}

/** A cluster-wide system on a cluster. */
export interface ResolvedClusterSystem {
  readonly system: ClusterSystemDefinition;
  readonly cluster: ClusterDefinition;
  readonly units: readonly ResolvedUnit[];
}

/** Stage 1's result; in the order of names, whatever the order of registration. */
export interface ResolvedSystems {
  readonly systems: readonly ResolvedSystem[];
  readonly clusterSystems: readonly ResolvedClusterSystem[];
}

/**
 * Stage 1: definitions, overlays and pins become systems in environments, and their units.
 *
 * @param pins - by environment
 * @throws UserError when an environment has no pins, or a call reaches a service that serves no port
 */
export function resolveSystems(definitions: Definitions, pins: ReadonlyMap<string, ImagePins>): ResolvedSystems {
  const systems = sortByName(definitions.systems, ({ name }) => name).flatMap((system) =>
    sortByName(definitions.environments, ({ definition }) => definition.name)
      .filter(({ definition }) => system.environments.includes(definition))
      .map((environment) => resolveSystem(definitions, system, environment, pinsOf(pins, environment))),
  );
  const clusterSystems = sortByName(definitions.clusterSystems, ({ name }) => name).flatMap((system) =>
    sortByName(system.clusters, ({ name }) => name)
      .map((cluster) => resolveClusterSystem(definitions, system, cluster))
      .filter(({ units }) => units.length > 0),
  );
  return { systems, clusterSystems };
}

function pinsOf(pins: ReadonlyMap<string, ImagePins>, { definition }: RegisteredEnvironment): ImagePins {
  const found = pins.get(definition.name);
  if (found === undefined) throw new Error(`no pins were read for environment '${definition.name}'`);
  return found;
}

function resolveSystem(
  definitions: Definitions,
  system: SystemDefinition,
  registered: RegisteredEnvironment,
  pins: ImagePins,
): ResolvedSystem {
  const environment = registered.definition;
  const policy = policyOf(system, environment);
  const registry = system.registry ?? definitions.organization.registry;
  const images: PinnedImages[] = [];
  const unitOn = (
    cluster: ClusterDefinition,
    name: string,
    pinOwner: string,
  ): Pick<ResolvedUnit, "owner" | "title" | "name" | "context"> => {
    const pinned = new PinnedImages({ pins, environment, system: system.name, service: pinOwner, policy: policy.images, registry });
    images.push(pinned);
    return {
      owner: { scope: "environment", environment: environment.name, cluster: cluster.name, system: system.name, unit: name },
      title: `'${system.name}/${name}' in '${environment.name}'`,
      name,
      context: unitContext({ system, environment, cluster, unit: name, images: pinned }),
    };
  };
  const callsOf = resolveCalls(system, registered);
  const services = sortByName(system.services, ({ name }) => name);
  const units = sortByName(environment.clusters, ({ name }) => name).flatMap((cluster): ResolvedUnit[] => [
    {
      ...unitOn(cluster, "namespace", "namespace"),
      construct: SystemNamespace,
      layers: namespaceLayersOf(system, SystemNamespace, registered),
      callSite: system.callSite,
    },
    ...services.map((service): ResolvedUnit => {
      const unit = unitOn(cluster, service.name, (service.imageOf ?? service).name);
      return {
        ...unit,
        construct: service.construct,
        layers: layersOf(service, registered),
        context: { ...unit.context, annotations: waveOf(service), calls: callsOf(service) },
        callSite: service.callSite,
      };
    }),
  ]);
  return { system, environment, policy, namespace: namespaceOf(system, environment), units, images };
}

/** The environment's policy with the system's deviations laid over. */
function policyOf(system: SystemDefinition, environment: EnvironmentDefinition): EnvironmentPolicy {
  const own = (system.deviations ?? []).filter((deviation) => deviation.environment === environment);
  return own.reduce((policy, deviation) => ({ ...policy, ...deviation.policy }), environment.policy);
}

function resolveClusterSystem(
  definitions: Definitions,
  system: ClusterSystemDefinition,
  cluster: ClusterDefinition,
): ResolvedClusterSystem {
  const here = system.units.filter(({ clusters }) => clusters?.includes(cluster) ?? true);
  const units = sortByName(here, ({ service }) => service.name).map(
    ({ service, namespace }): ResolvedUnit => ({
      owner: { scope: "cluster", cluster: cluster.name, system: system.name, unit: service.name },
      title: `'${system.name}/${service.name}' on cluster '${cluster.name}'`,
      name: service.name,
      construct: service.construct,
      layers: [{ kind: "definition", change: service.props, callSite: service.callSite }],
      context: clusterUnitContext({ system, cluster, unit: service.name, namespace, domain: definitions.organization.domain }),
      callSite: service.callSite,
    }),
  );
  return { system, cluster, units };
}

function waveOf({ syncWave }: ServiceDefinition): Readonly<Record<string, string>> {
  return syncWave === undefined ? {} : syncWaveAnnotation(syncWave);
}
