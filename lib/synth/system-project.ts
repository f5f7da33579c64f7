import { AppProject, type ClusterResource } from "../argocd/app-project.ts";
import { ProjectPermission, type ProjectRoleProps } from "../argocd/project-role.ts";
import type { ProjectSyncWindow } from "../argocd/project-sync-window.ts";
import { syncWaveAnnotation } from "../argocd/sync-wave.ts";
import type { ControlPlaneDefinition } from "../definition/control-plane.ts";
import type { Destination } from "../definition/destination.ts";
import { projectOf } from "../definition/project-of.ts";
import type { RepositoryDefinition } from "../definition/repository.ts";
import type { RetiringPermissions } from "../definition/retiring.ts";
import type { TeamDefinition } from "../definition/team.ts";
import { UserError } from "../errors/user-error.ts";
import type { KubernetesObject, Manifest, Owner } from "../manifest/manifest.ts";
import { namespacedKinds } from "../manifest/namespaced-kinds.ts";
import { retiringAnnotation, retiringDestination, retiringObject } from "../manifest/retiring-entry.ts";
import { inApp } from "./build-app.ts";
import { applicationsOf } from "./application-names.ts";
import { deliveryLabels } from "./delivery-labels.ts";
import { renderManifests } from "./render-manifests.ts";
import type { ResolvedClusterSystem, ResolvedSystem } from "./resolve-systems.ts";
import { sortByName } from "./sort-by-name.ts";

/** What the projects of a control plane have in common. */
export interface ProjectPlace {
  readonly repository: RepositoryDefinition;
  readonly controlPlane: ControlPlaneDefinition;
}

/**
 * The AppProject of a system in an environment, `<system>-<environment>`: it reads this repository, deploys to its own namespace, and may hold
 * exactly the cluster-scoped objects that it has, by name, and the namespaced kinds that constructs can emit. What retires it permits on top.
 *
 * @param manifests - the system's rendered objects in the environment
 * @throws UserError when an allow window would stop a self-heal that the policy promises
 */
export function systemProject(
  resolved: ResolvedSystem,
  manifests: readonly Manifest[],
  { repository, controlPlane }: ProjectPlace,
): Manifest[] {
  const { system, environment, namespace } = resolved;
  const name = projectOf(system, environment);
  const retiring = (system.retiring ?? []).filter((entry) => entry.environment === environment);
  // delivered with the set, and before it: a set that finds no project gives up for three minutes
  const bySet = system.applications === "application-set";
  const app = inApp((chart) => {
    new AppProject(chart, "project", {
      name,
      namespace: controlPlane.namespace,
      labels: deliveryLabels(system, environment.name),
      annotations: { ...(bySet && syncWaveAnnotation(-1)), ...retiredAnnotation(retiring) },
      description: `${system.name} in ${environment.name}, owned by ${system.team.name}`,
      sourceRepos: [repository.url],
      destinations: destinations(environment.clusters, [namespace], retiring),
      clusterResourceWhitelist: clusterResources(manifests, retiring),
      namespaceResourceWhitelist: namespacedKinds,
      roles: roles(system.team, environment.syncedBy ?? [system.team]),
      syncWindows: syncWindows(resolved),
      argocdVersion: controlPlane.argocdVersion,
    });
  });
  const owner: Owner = bySet
    ? { scope: "control-plane", controlPlane: controlPlane.name }
    : { scope: "delivery", controlPlane: controlPlane.name, group: environment.name, environment: environment.name };
  return renderManifests(app, owner, system.callSite);
}

/** The AppProject of a cluster-wide system on a cluster, `<system>-<cluster>`: as for other systems, but for the namespaces of its units. */
export function clusterSystemProject(
  { system, cluster, units }: ResolvedClusterSystem,
  manifests: readonly Manifest[],
  { repository, controlPlane }: ProjectPlace,
): Manifest[] {
  const retiring = (system.retiring ?? []).filter((entry) => entry.cluster === cluster);
  const namespaces = [...new Set(units.map(({ context }) => context.namespace))].sort();
  const app = inApp((chart) => {
    new AppProject(chart, "project", {
      name: projectOf(system, cluster),
      namespace: controlPlane.namespace,
      labels: deliveryLabels(system),
      annotations: retiredAnnotation(retiring),
      description: `${system.name} on cluster ${cluster.name}, owned by ${system.team.name}`,
      sourceRepos: [repository.url],
      destinations: destinations([cluster], namespaces, retiring),
      clusterResourceWhitelist: clusterResources(manifests, retiring),
      namespaceResourceWhitelist: namespacedKinds,
      roles: roles(system.team, [system.team]),
      argocdVersion: controlPlane.argocdVersion,
    });
  });
  return renderManifests(
    app,
    { scope: "delivery", controlPlane: controlPlane.name, group: "platform", environment: undefined },
    system.callSite,
  );
}

function destinations(
  clusters: readonly { readonly name: string; readonly destination: Destination }[],
  namespaces: readonly string[],
  retiring: readonly RetiringPermissions[],
): (Destination & { readonly namespace: string })[] {
  const used = sortByName(clusters, ({ name }) => name).flatMap(({ destination }) =>
    namespaces.map((namespace) => ({ ...destination, namespace })),
  );
  // what retires and is in use nevertheless stands there once: that is for a rule to say
  const left = retiring.flatMap((entry) => entry.destinations ?? []);
  return [...new Map([...used, ...left].map((entry) => [retiringDestination(entry), entry])).values()];
}

/** Exactly the cluster-scoped objects there are, and those that leave. */
function clusterResources(manifests: readonly Manifest[], retiring: readonly RetiringPermissions[]): ClusterResource[] {
  const found = new Map<string, ClusterResource>();
  const add = ({ group, kind, name }: Required<ClusterResource>): void => {
    found.set(`${group} ${kind} ${name}`, { group, kind, name });
  };
  for (const { document } of manifests) {
    // a kind that lives in a namespace stays out even where somebody forgot its namespace: that is for a rule to say
    if (document.metadata.namespace !== undefined || isNamespaced(document)) continue;
    add({ group: groupOf(document.apiVersion), kind: document.kind, name: document.metadata.name });
  }
  for (const { clusterObjects = [] } of retiring) clusterObjects.forEach(add);
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, resource]) => resource);
}

function retiredAnnotation(retiring: readonly RetiringPermissions[]): Readonly<Record<string, string>> {
  return retiringAnnotation(
    retiring.flatMap(({ clusterObjects = [], destinations: left = [] }) => [
      ...clusterObjects.map(retiringObject),
      ...left.map(retiringDestination),
    ]),
  );
}

function isNamespaced({ apiVersion, kind }: KubernetesObject): boolean {
  return namespacedKinds.some((known) => known.kind === kind && known.group === groupOf(apiVersion));
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}

function roles(team: TeamDefinition, syncers: readonly TeamDefinition[]): ProjectRoleProps[] {
  return [
    {
      name: "viewer",
      description: `${team.name} sees its Applications and reads their logs`,
      groups: [team.group],
      permissions: [ProjectPermission.applications("get"), ProjectPermission.logs()],
    },
    {
      name: "syncer",
      description: "May start a sync",
      groups: syncers.map(({ group }) => group).sort(),
      permissions: [ProjectPermission.applications("get"), ProjectPermission.applications("sync"), ProjectPermission.logs()],
    },
  ];
}

function syncWindows(resolved: ResolvedSystem): ProjectSyncWindow[] {
  const { system, environment, policy } = resolved;
  const windows = (system.syncWindows ?? []).filter((entry) => entry.environment === environment).flatMap((entry) => entry.windows);
  if (policy.sync.automated?.selfHeal === true && windows.some(({ kind }) => kind === "allow")) {
    throw new UserError(
      `system '${system.name}' heals itself in '${environment.name}', and its allow window would stop that outside of the window`,
      {
        hint: "remove the window, or switch self-heal off for the system",
      },
    );
  }
  // the namespace unit is synced by itself at any time: it holds the policies that keep the others apart
  const applications = applicationsOf(resolved)
    .filter(({ unit }) => unit !== "namespace")
    .map(({ name }) => name);
  return windows.map((window) => ({ window, applications }));
}
