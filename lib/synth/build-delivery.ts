import { DefaultProject } from "../argocd/default-project.ts";
import { RootApplication } from "../argocd/root-application.ts";
import { RootProject } from "../argocd/root-project.ts";
import type { ControlPlaneDefinition } from "../definition/control-plane.ts";
import type { Definitions } from "../definition/definitions.ts";
import type { EnvironmentDefinition } from "../definition/environment.ts";
import { UserError } from "../errors/user-error.ts";
import { label } from "../manifest/labels.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { inApp } from "./build-app.ts";
import { distPaths } from "../manifest/dist-paths.ts";
import { renderManifests } from "./render-manifests.ts";
import type { ResolvedClusterSystem, ResolvedSystem, ResolvedSystems } from "./resolve-systems.ts";
import { sortByName } from "./sort-by-name.ts";
import { systemApplicationSet } from "./system-application-set.ts";
import { clusterSystemApplications, systemApplications } from "./system-applications.ts";
import { clusterSystemProject, type ProjectPlace, systemProject } from "./system-project.ts";

/** The objects of every system, as far as AppProjects must know them. */
export interface RenderedSystems {
  of(system: ResolvedSystem | ResolvedClusterSystem): readonly Manifest[];
}

/**
 * Stage 3b: what makes Argo CD deliver the rendered systems: the root and its project, a root for each environment and one for the platform,
 * AppProjects, Applications and ApplicationSets, for every control plane.
 *
 * @throws UserError when no control plane, or more than one, can reach a cluster-wide system's cluster
 */
export function buildDelivery(definitions: Definitions, resolved: ResolvedSystems, rendered: RenderedSystems): Manifest[] {
  const { repository } = definitions;
  const controlPlanes = sortByName(definitions.controlPlanes, ({ name }) => name);
  return controlPlanes.flatMap((controlPlane) => {
    const place: ProjectPlace = { repository, controlPlane };
    const systems = resolved.systems.filter(({ environment }) => controlPlane.environments.includes(environment));
    const clusterSystems = resolved.clusterSystems.filter((entry) => controlPlaneOf(entry, controlPlanes) === controlPlane);
    // what an ApplicationSet makes stands beside the set, not in the folder of its environment
    const delivered = new Set(
      systems.filter(({ system }) => system.applications !== "application-set").map(({ environment }) => environment),
    );
    const bySet = new Map<string, ResolvedSystem[]>();
    for (const entry of systems) {
      if (entry.system.applications !== "application-set") continue;
      bySet.set(entry.system.name, [...(bySet.get(entry.system.name) ?? []), entry]);
    }
    return [
      ...roots(place, delivered, clusterSystems.length > 0),
      ...systems.flatMap((entry) => [
        ...systemProject(entry, rendered.of(entry), place),
        ...(entry.system.applications === "application-set" ? [] : systemApplications(entry, place)),
      ]),
      ...[...bySet.values()].flatMap((entries) => systemApplicationSet(entries, place)),
      ...clusterSystems.flatMap((entry) => [
        ...clusterSystemProject(entry, rendered.of(entry), place),
        ...clusterSystemApplications(entry, place),
      ]),
    ];
  });
}

/** Who delivers a cluster-wide system: the control plane of that very cluster, else the only one that serves an environment there. */
function controlPlaneOf(
  { system, cluster }: ResolvedClusterSystem,
  controlPlanes: readonly ControlPlaneDefinition[],
): ControlPlaneDefinition {
  const own = controlPlanes.filter((candidate) => candidate.cluster === cluster);
  const serving =
    own.length > 0 ? own : controlPlanes.filter(({ environments }) => environments.some(({ clusters }) => clusters.includes(cluster)));
  const [first] = serving;
  if (first !== undefined && serving.length === 1) return first;
  throw new UserError(
    `cluster '${cluster.name}' of '${system.name}' is reached by ${serving.length === 0 ? "no control plane" : serving.map(({ name }) => `'${name}'`).join(" and ")}`,
    { hint: "a cluster-wide system needs exactly one: the cluster's own, or the only one with an environment there" },
  );
}

/** A root reads its folder, and fails where there is none: environments without systems have no root yet. */
function roots(
  { repository, controlPlane }: ProjectPlace,
  delivered: ReadonlySet<EnvironmentDefinition>,
  hasPlatform: boolean,
): Manifest[] {
  const { name, namespace, argocdVersion } = controlPlane;
  const labels = { [label.partOf]: "keelson", [label.managedBy]: "keelson" };
  const shared = { repository, namespace, labels, argocdVersion };
  const bootstrap = inApp((chart) => {
    new RootProject(chart, "project", shared);
    // it holds production's root too: it creates, and never prunes by itself
    new RootApplication(chart, "root", { ...shared, name: "root", path: distPaths.controlPlane(name), recurse: false, prune: false });
  });
  const watched = inApp((chart) => {
    if (controlPlane.defaultProject === "emptied") new DefaultProject(chart, "default-project", { namespace, labels, argocdVersion });
    for (const environment of controlPlane.environments.filter((candidate) => delivered.has(candidate))) {
      new RootApplication(chart, `root-${environment.name}`, {
        ...shared,
        name: `root-${environment.name}`,
        labels: { ...labels, [label.environment]: environment.name },
        path: distPaths.delivery(name, environment.name),
        recurse: true,
        prune: environment.policy.sync.automated?.prune ?? false,
      });
    }
    if (hasPlatform) {
      new RootApplication(chart, "root-platform", {
        ...shared,
        name: "root-platform",
        path: distPaths.delivery(name, "platform"),
        recurse: true,
        prune: false,
      });
    }
  });
  return [
    ...renderManifests(bootstrap, { scope: "bootstrap", controlPlane: name }, controlPlane.callSite),
    ...renderManifests(watched, { scope: "control-plane", controlPlane: name }, controlPlane.callSite),
  ];
}
