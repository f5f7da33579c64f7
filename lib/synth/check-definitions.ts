import { inClusterServer } from "../manifest/in-cluster.ts";
import type { Definitions } from "../definition/definitions.ts";
import type { ServiceDefinition } from "../definition/service.ts";
import type { SystemDefinition } from "../definition/system.ts";
import { nearestNames } from "../errors/nearest-names.ts";
import { type DefinitionPlace, UserError } from "../errors/user-error.ts";

/**
 * What types cannot see: that the registries know everything that is named, and name it once.
 *
 * @throws UserError on the first contradiction
 */
export function checkDefinitions(definitions: Definitions): void {
  const { systems, clusterSystems, environments, controlPlanes } = definitions;
  requireOnce(
    "system",
    [...systems, ...clusterSystems].map(({ name }) => name),
  );
  requireOnce(
    "environment",
    environments.map(({ definition }) => definition.name),
  );
  requireOnce(
    "control plane",
    controlPlanes.map(({ name }) => name),
  );
  checkClusters(definitions);
  for (const system of systems) checkSystem(system, definitions);
  checkOverlays(definitions);
  checkControlPlanes(definitions);
}

function requireOnce(what: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UserError(`the ${what} '${twice}' is registered twice`);
}

/** Clusters have no registry: whatever names one brings it along. Their names are folders, and so are the units of what is cluster-wide. */
function checkClusters({ environments, controlPlanes, clusterSystems }: Definitions): void {
  const clusters = new Set([
    ...environments.flatMap(({ definition }) => definition.clusters),
    ...controlPlanes.map(({ cluster }) => cluster),
    ...clusterSystems.flatMap((system) => system.clusters),
  ]);
  const names = [...clusters].map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UserError(`two clusters are called '${twice}'`, { hint: "each needs a name of its own" });
  const systemOf = new Map<string, string>();
  for (const system of clusterSystems) {
    for (const { service, clusters: own = system.clusters } of system.units) {
      for (const cluster of own) {
        const folder = `${cluster.name}/${service.name}`;
        const other = systemOf.get(folder);
        if (other !== undefined) {
          throw new UserError(
            `the systems '${other}' and '${system.name}' both have a unit '${service.name}' on cluster '${cluster.name}'`,
            {
              hint: `both would be the folder clusters/${folder}: rename one`,
            },
          );
        }
        systemOf.set(folder, system.name);
      }
    }
  }
}

function checkSystem(system: SystemDefinition, { environments }: Definitions): void {
  const registered = new Set(environments.map(({ definition }) => definition));
  for (const environment of system.environments) {
    if (!registered.has(environment)) {
      throw new UserError(`system '${system.name}' has the environment '${environment.name}', which is not registered`, {
        hint: "list it in environments/registry.ts",
      });
    }
    const clusterWithoutMesh = environment.clusters.find(({ mesh }) => system.mesh !== undefined && mesh?.mode !== system.mesh);
    if (clusterWithoutMesh !== undefined) {
      throw new UserError(
        `system '${system.name}' wants a mesh in mode '${system.mesh ?? ""}', which cluster '${clusterWithoutMesh.name}' has not`,
        {
          hint: "declare the mesh in the cluster's definition, or take it out of the system's",
        },
      );
    }
  }
  const own = new Set(system.environments);
  for (const { environment } of [...(system.deviations ?? []), ...(system.syncWindows ?? [])]) {
    if (!own.has(environment)) {
      throw new UserError(`system '${system.name}' says something of the environment '${environment.name}', in which it does not run`);
    }
  }
  for (const service of system.services) checkService(service, system);
}

function checkService(service: ServiceDefinition, system: SystemDefinition): void {
  if (service.imageOf !== undefined && !system.services.includes(service.imageOf)) {
    throw new UserError(
      `'${system.name}/${service.name}' runs the image of '${service.imageOf.name}', which is not a service of '${system.name}'`,
    );
  }
  if (service.imageOf?.imageOf !== undefined) {
    throw new UserError(
      `'${system.name}/${service.name}' runs the image of '${service.imageOf.name}', which runs that of '${service.imageOf.imageOf.name}'`,
      { hint: `say imageOf '${service.imageOf.imageOf.name}'` },
    );
  }
  if (service.syncWave !== undefined && system.applications === "per-service") {
    throw new UserError(
      `'${system.name}/${service.name}' has a sync wave, but every service of '${system.name}' is an Application of its own`,
      {
        hint: 'waves order objects inside one Application: make it applications: "per-system", or rely on retries',
      },
    );
  }
}

function checkOverlays({ systems, environments }: Definitions): void {
  for (const { definition: environment, overlays } of environments) {
    const here = systems.filter((system) => system.environments.includes(environment));
    const services = here.flatMap((system) => system.services);
    const known = new Set(services);
    for (const entry of overlays) {
      const where = { environment: environment.name, at: entry.callSite };
      if ("namespaceOf" in entry) {
        if (!here.includes(entry.namespaceOf)) throw unreachable("system", entry.namespaceOf, here, where);
        continue;
      }
      for (const service of entry.services) if (!known.has(service)) throw unreachable("service", service, services, where);
    }
  }
}

/** @param got - what types say, or whatever was written in its place: types are not checked when definitions are rendered */
function unreachable(
  what: "service" | "system",
  got: { readonly name: string } | string | undefined,
  known: readonly { readonly name: string }[],
  { environment, at }: { readonly environment: string; readonly at: DefinitionPlace },
): UserError {
  const name = typeof got === "object" ? got.name : String(got);
  const nearest =
    nearestNames(
      name,
      known.map((entry) => entry.name),
    ) || "none";
  if (typeof got !== "object") {
    return new UserError(`an overlay in '${environment}' changes '${name}', which is no ${what}`, {
      hint: `hand over the ${what} itself, imported from its file; known there: ${nearest}`,
      at,
    });
  }
  const subject = what === "service" ? `service '${name}'` : `the namespace of '${name}'`;
  return new UserError(`an overlay in '${environment}' changes ${subject}, which no system registered there has`, {
    hint: `list it in its system.ts, the system in apps/tenants.ts, and the environment in the system, or remove the overlay; known there: ${nearest}`,
    at,
  });
}

function checkControlPlanes({ environments, controlPlanes }: Definitions): void {
  const registered = new Set(environments.map(({ definition }) => definition));
  for (const { name, cluster: own, environments: served } of controlPlanes) {
    const stranger = served.find((environment) => !registered.has(environment));
    if (stranger !== undefined) {
      throw new UserError(`control plane '${name}' serves the environment '${stranger.name}', which is not registered`, {
        hint: "list it in environments/registry.ts",
      });
    }
    const mistaken = served
      .flatMap(({ clusters }) => clusters)
      .find((cluster) => cluster !== own && cluster.destination.server === inClusterServer);
    if (mistaken !== undefined) {
      throw new UserError(`control plane '${name}' would take its own cluster '${own.name}' for cluster '${mistaken.name}'`, {
        hint: `'${inClusterServer}' is the cluster that Argo CD runs in: give '${mistaken.name}' the address that others reach it by`,
      });
    }
  }
  for (const { definition } of environments) {
    const serving = controlPlanes.filter(({ environments: served }) => served.includes(definition));
    if (serving.length === 1) continue;
    throw new UserError(
      serving.length === 0
        ? `no control plane serves the environment '${definition.name}'`
        : `the environment '${definition.name}' is served by ${serving.map(({ name }) => `'${name}'`).join(" and ")}`,
      { hint: "list every environment under exactly one control plane in environments/registry.ts" },
    );
  }
}
