import { Application, type ApplicationTemplateProps } from "../argocd/application.ts";
import { noticeAnnotations, showsNotices } from "../argocd/notice.ts";
import { overriddenSync } from "../argocd/overridden-sync.ts";
import { applicationProtection } from "../argocd/protection.ts";
import { SyncMode } from "../definition/environment-policy.ts";
import { projectOf } from "../definition/project-of.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { applicationsOf, type SystemApplication } from "./application-names.ts";
import { inApp } from "./build-app.ts";
import { distPaths } from "../manifest/dist-paths.ts";
import { deliveryLabels } from "./delivery-labels.ts";
import { interventionNotice } from "./intervention-notice.ts";
import { interventionsOn } from "./interventions.ts";
import { renderManifests } from "./render-manifests.ts";
import type { ResolvedClusterSystem, ResolvedSystem } from "./resolve-systems.ts";
import type { ProjectPlace } from "./system-project.ts";

/** The namespace unit holds the fences of its system: always as Git says, and nothing in it is ever pruned. */
const namespaceUnitSync = SyncMode.automated({ prune: false, selfHeal: true });

/** The Applications of a system in an environment, one for each unit or one for all. */
export function systemApplications(resolved: ResolvedSystem, place: ProjectPlace): Manifest[] {
  const { system, environment } = resolved;
  const owner = {
    scope: "delivery",
    controlPlane: place.controlPlane.name,
    group: environment.name,
    environment: environment.name,
  } as const;
  return applicationsOf(resolved).flatMap((application) => {
    const props = applicationProps(resolved, application, place);
    const isNamespace = application.unit === "namespace";
    return renderManifests(
      inApp((chart) => {
        new Application(chart, "application", {
          ...props,
          ...(isNamespace && { syncPolicy: { mode: namespaceUnitSync } }),
          namespace: place.controlPlane.namespace,
          // whoever deletes the Application of a namespace unit does not want the namespace, with everything in it, to go too
          cascade: !isNamespace,
        });
      }),
      owner,
      system.callSite,
    );
  });
}

/** The Applications of a cluster-wide system: `<system>-<unit>-<cluster>`. */
export function clusterSystemApplications(
  { system, cluster, units }: ResolvedClusterSystem,
  { repository, controlPlane }: ProjectPlace,
): Manifest[] {
  const owner = { scope: "delivery", controlPlane: controlPlane.name, group: "platform", environment: undefined } as const;
  return units.flatMap((unit) =>
    renderManifests(
      inApp((chart) => {
        new Application(chart, "application", {
          name: `${system.name}-${unit.name}-${cluster.name}`,
          namespace: controlPlane.namespace,
          labels: deliveryLabels(system),
          annotations: applicationProtection,
          project: projectOf(system, cluster),
          source: {
            repoURL: repository.url,
            targetRevision: repository.branch,
            path: `${repository.output}/${distPaths.clusterUnit(cluster.name, unit.name)}`,
          },
          destination: { ...cluster.destination, namespace: unit.context.namespace },
          // what the whole cluster stands on is corrected at once and taken away by nobody but a person
          syncPolicy: { mode: SyncMode.automated({ prune: false, selfHeal: true }) },
          createNamespace: false,
          argocdVersion: controlPlane.argocdVersion,
        });
      }),
      owner,
      unit.callSite,
    ),
  );
}

function applicationProps(
  resolved: ResolvedSystem,
  { name, cluster, unit }: SystemApplication,
  { repository, controlPlane }: ProjectPlace,
): ApplicationTemplateProps {
  const { system, environment, namespace, policy } = resolved;
  const { argocdVersion } = controlPlane;
  const interventions = interventionsOn(resolved, unit);
  const notice = showsNotices(argocdVersion) ? interventionNotice(interventions) : undefined;
  const annotations = { ...(policy.approval === "pull-request" && applicationProtection), ...(notice && noticeAnnotations(notice)) };
  const folder = `${repository.output}/${distPaths.system(environment.name, cluster.name, system.name)}`;
  return {
    name,
    labels: deliveryLabels(system, environment.name),
    annotations,
    project: projectOf(system, environment),
    source: {
      repoURL: repository.url,
      targetRevision: repository.branch,
      ...(unit === undefined
        ? { path: folder, directory: { recurse: true } }
        : { path: `${repository.output}/${distPaths.unit(environment.name, cluster.name, system.name, unit)}` }),
    },
    destination: { ...cluster.destination, namespace },
    syncPolicy: overriddenSync(policy.sync, interventions.breakGlass?.off, argocdVersion),
    argocdVersion,
  };
}
