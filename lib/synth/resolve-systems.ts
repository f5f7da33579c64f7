import type { ClusterDefinition } from "../definition/cluster.ts";
import type { ClusterSystemDefinition } from "../definition/cluster-system.ts";
import type { Definitions, RegisteredEnvironment } from "../definition/definitions.ts";
import type { EnvironmentDefinition } from "../definition/environment.ts";
import type { EnvironmentPolicy } from "../definition/environment-policy.ts";
import { namespaceOf } from "../definition/namespace-of.ts";
import type { ServiceDefinition } from "../definition/service.ts";
import type { CallSite } from "../definition/source-location.ts";
import type { SystemDefinition } from "../definition/system.ts";
import type { CallPeer, UnitContext, WorkloadClass } from "../definition/workload-class.ts";
import { syncWaveAnnotation } from "../argocd/sync-wave.ts";
import { UserError } from "../errors/user-error.ts";
import type { ImagePins } from "../image/image-pins.ts";
import { PinnedImages } from "../image/pinned-images.ts";
import { label } from "../manifest/labels.ts";
import type { Owner } from "../manifest/manifest.ts";
import { SystemNamespace } from "../namespace/system-namespace.ts";
import { layersOf, type PropsLayer, resolveProps } from "../overlay/resolve-props.ts";

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
  const systems = byName(definitions.systems, ({ name }) => name).flatMap((system) =>
    byName(definitions.environments, ({ definition }) => definition.name)
      .filter(({ definition }) => system.environments.includes(definition))
      .map((environment) => resolveSystem(definitions, system, environment, pinsOf(pins, environment))),
  );
  const clusterSystems = byName(definitions.clusterSystems, ({ name }) => name).flatMap((system) =>
    byName(system.clusters, ({ name }) => name).map((cluster) => resolveClusterSystem(definitions, system, cluster)),
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
  const policy = (system.deviations ?? [])
    .filter((entry) => entry.environment === environment)
    .reduce((before, entry) => ({ ...before, ...entry.policy }), environment.policy);
  const namespace = namespaceOf(system, environment);
  const images: PinnedImages[] = [];
  const calls = callsOf(system, registered);
  const labels = {
    [label.partOf]: system.name,
    [label.managedBy]: "keelson",
    [label.environment]: environment.name,
    [label.team]: system.team.name,
  };
  const place = (cluster: ClusterDefinition, unit: string): Pick<ResolvedUnit, "owner" | "title" | "name"> => ({
    owner: { scope: "environment", environment: environment.name, cluster: cluster.name, system: system.name, unit },
    title: `'${system.name}/${unit}' in '${environment.name}'`,
    name: unit,
  });
  const contextOf = (cluster: ClusterDefinition, unit: string, unitImages: PinnedImages): UnitContext => ({
    system: system.name,
    unit,
    namespace,
    labels: { [label.name]: unit, ...labels },
    annotations: {},
    images: unitImages,
    host: `${unit}.${environment.domain}`,
    cluster,
    calls: { from: [], to: [] },
    ...(environment.secretStore && { secretStore: environment.secretStore }),
    ...(system.mesh && { mesh: system.mesh }),
  });
  const pinned = (service: string): PinnedImages => {
    const registry = system.registry ?? definitions.organization.registry;
    const own = new PinnedImages({ pins, environment, system: system.name, service, policy: policy.images, registry });
    images.push(own);
    return own;
  };
  const units = byName(environment.clusters, ({ name }) => name).flatMap((cluster): ResolvedUnit[] => [
    {
      ...place(cluster, "namespace"),
      construct: SystemNamespace as WorkloadClass<never>,
      layers: namespaceLayers(system, registered),
      context: contextOf(cluster, "namespace", pinned("namespace")),
      callSite: system.callSite,
    },
    ...byName(system.services, ({ name }) => name).map(
      (service): ResolvedUnit => ({
        ...place(cluster, service.name),
        construct: service.construct,
        layers: layersOf(service, registered),
        context: {
          ...contextOf(cluster, service.name, pinned((service.imageOf ?? service).name)),
          annotations: service.syncWave === undefined ? {} : syncWaveAnnotation(service.syncWave),
          calls: calls(service),
        },
        callSite: service.callSite,
      }),
    ),
  ]);
  return { system, environment, policy, namespace, units, images };
}

function namespaceLayers(system: SystemDefinition, { overlays }: RegisteredEnvironment): PropsLayer[] {
  return [
    { kind: "definition", change: system.namespace ?? {}, callSite: system.callSite },
    ...overlays
      .filter((entry) => "namespaceOf" in entry && entry.namespaceOf === system)
      .map(({ change, callSite }) => ({ kind: "overlay" as const, change, callSite })),
  ];
}

/** The declared calls of a system as each service sees them. */
function callsOf(system: SystemDefinition, environment: RegisteredEnvironment): (service: ServiceDefinition) => UnitContext["calls"] {
  const calls = byName(system.calls ?? [], ({ from, to }) => `${from.name} ${to.name}`);
  const ports = new Map<ServiceDefinition, Readonly<Record<string, number>>>();
  for (const { from, to } of calls) {
    const served = to.construct.servedPorts?.(resolveProps(layersOf(to, environment)) as never) ?? {};
    if (Object.keys(served).length === 0) {
      throw new UserError(`'${system.name}/${from.name}' calls '${to.name}', which serves no port`, {
        hint: "give it a construct that serves one, or remove the call",
      });
    }
    ports.set(to, served);
  }
  const peer = (unit: ServiceDefinition, callee: ServiceDefinition): CallPeer => ({
    unit: unit.name,
    podLabels: { [label.name]: unit.name },
    ports: ports.get(callee) ?? {},
  });
  return (service) => ({
    from: calls.filter(({ to }) => to === service).map(({ from, to }) => peer(from, to)),
    to: calls.filter(({ from }) => from === service).map(({ to }) => peer(to, to)),
  });
}

function resolveClusterSystem(
  definitions: Definitions,
  system: ClusterSystemDefinition,
  cluster: ClusterDefinition,
): ResolvedClusterSystem {
  const units = byName(system.units, ({ service }) => service.name).map(
    ({ service, namespace }): ResolvedUnit => ({
      owner: { scope: "cluster", cluster: cluster.name, system: system.name, unit: service.name },
      title: `'${system.name}/${service.name}' on cluster '${cluster.name}'`,
      name: service.name,
      construct: service.construct,
      layers: [{ kind: "definition", change: service.props, callSite: service.callSite }],
      context: {
        system: system.name,
        unit: service.name,
        namespace,
        labels: {
          [label.name]: service.name,
          [label.partOf]: system.name,
          [label.managedBy]: "keelson",
          [label.team]: system.team.name,
        },
        annotations: service.syncWave === undefined ? {} : syncWaveAnnotation(service.syncWave),
        images: {
          take: () => {
            throw new UserError("a unit of a cluster-wide system has no image pins");
          },
        },
        host: `${service.name}.${definitions.organization.domain}`,
        cluster,
        calls: { from: [], to: [] },
      },
      callSite: service.callSite,
    }),
  );
  return { system, cluster, units };
}

/** Order by code unit: the same on every machine. */
function byName<T>(list: readonly T[], nameOf: (entry: T) => string): T[] {
  return [...list].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
}
