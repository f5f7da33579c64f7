import { syncWaveAnnotation } from "../argocd/sync-wave.ts";
import type { ClusterDefinition } from "../definition/cluster.ts";
import type { ClusterSystemDefinition } from "../definition/cluster-system.ts";
import type { Definitions, RegisteredEnvironment } from "../definition/definitions.ts";
import type { EnvironmentDefinition } from "../definition/environment.ts";
import type { EnvironmentPolicy } from "../definition/environment-policy.ts";
import { namespaceOf } from "../definition/namespace-of.ts";
import { policyOf } from "../definition/policy-of.ts";
import type { ServiceDefinition } from "../definition/service.ts";
import type { CallSite } from "../definition/source-location.ts";
import type { SystemDefinition } from "../definition/system.ts";
import type { UnitContext, WorkloadClass } from "../definition/workload-class.ts";
import type { Hold } from "../hold/hold.ts";
import type { Holds } from "../hold/holds.ts";
import type { ImagePins } from "../image/image-pins.ts";
import { PinnedImages } from "../image/pinned-images.ts";
import type { Owner } from "../manifest/manifest.ts";
import { readSealedValues, type SealedValues, sealedValuesFile } from "../sealing/sealed-values.ts";
import { TakenSealedValues } from "../sealing/taken-sealed-values.ts";
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
  /** The ciphertexts of its namespace, by cluster. */
  readonly sealed: readonly TakenSealedValues[];
  /** What is held in the environment, of other systems too. */
  readonly holds: readonly Hold[];
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
 * @param sealed - by environment; one without has none
 * @param holds - by environment; one without has none
 * @throws UserError when an environment has no pins, or a call reaches a service that serves no port
 */
export function resolveSystems(
  definitions: Definitions,
  pins: ReadonlyMap<string, ImagePins>,
  sealed: ReadonlyMap<string, SealedValues> = new Map(),
  holds: ReadonlyMap<string, Holds> = new Map(),
): ResolvedSystems {
  const systems = sortByName(definitions.systems, ({ name }) => name).flatMap((system) =>
    sortByName(definitions.environments, ({ definition }) => definition.name)
      .filter(({ definition }) => system.environments.includes(definition))
      .map((environment) =>
        resolveSystem(definitions, system, environment, {
          pins: pinsOf(pins, environment),
          sealed: sealed.get(environment.definition.name) ?? noSealedValues(environment),
          holds: [...(holds.get(environment.definition.name)?.holds.values() ?? [])],
        }),
      ),
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

function noSealedValues({ definition }: RegisteredEnvironment): SealedValues {
  return readSealedValues(undefined, sealedValuesFile(definition.name));
}

function resolveSystem(
  definitions: Definitions,
  system: SystemDefinition,
  registered: RegisteredEnvironment,
  { pins, sealed: values, holds }: { readonly pins: ImagePins; readonly sealed: SealedValues; readonly holds: readonly Hold[] },
): ResolvedSystem {
  const environment = registered.definition;
  const policy = policyOf(system, environment);
  const registry = system.registry ?? definitions.organization.registry;
  const images: PinnedImages[] = [];
  const severalClusters = environment.clusters.length > 1;
  const places = sortByName(environment.clusters, ({ name }) => name).map((cluster) => ({
    cluster,
    sealed: new TakenSealedValues({ values, environment: environment.name, system: system.name, cluster: cluster.name, severalClusters }),
  }));
  const unitOn = (
    { cluster, sealed }: (typeof places)[number],
    name: string,
    pinOwner: string,
  ): Pick<ResolvedUnit, "owner" | "title" | "name" | "context"> => {
    const pinned = new PinnedImages({ pins, environment, system: system.name, service: pinOwner, policy: policy.images, registry });
    images.push(pinned);
    return {
      owner: { scope: "environment", environment: environment.name, cluster: cluster.name, system: system.name, unit: name },
      title: `'${system.name}/${name}' in '${environment.name}'`,
      name,
      context: unitContext({ system, environment, cluster, unit: name, images: pinned, sealed }),
    };
  };
  const callsOf = resolveCalls(system, registered);
  const services = sortByName(system.services, ({ name }) => name);
  const units = places.flatMap((place): ResolvedUnit[] => [
    {
      ...unitOn(place, "namespace", "namespace"),
      construct: SystemNamespace,
      layers: namespaceLayersOf(system, SystemNamespace, registered),
      callSite: system.callSite,
    },
    ...services.map((service): ResolvedUnit => {
      const unit = unitOn(place, service.name, (service.imageOf ?? service).name);
      return {
        ...unit,
        construct: service.construct,
        layers: layersOf(service, registered),
        context: { ...unit.context, annotations: waveOf(service), calls: callsOf(service) },
        callSite: service.callSite,
      };
    }),
  ]);
  return {
    system,
    environment,
    policy,
    namespace: namespaceOf(system, environment),
    units,
    images,
    sealed: places.map(({ sealed }) => sealed),
    holds,
  };
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
