import { expandApplicationSet } from "../argocd/application-set-expansion.ts";
import { ApplicationSet, type ApplicationSetProps } from "../argocd/application-set.ts";
import { Generator } from "../argocd/generator.ts";
import { noticeElement, noticePatch, showsNotices } from "../argocd/notice.ts";
import { overriddenSync } from "../argocd/overridden-sync.ts";
import { syncModeElement, syncModePatch } from "../argocd/sync-mode-patch.ts";
import { SyncMode } from "../definition/environment-policy.ts";
import { namespaceOf } from "../definition/namespace-of.ts";
import { projectOf } from "../definition/project-of.ts";
import { UserError } from "../errors/user-error.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { applicationsOf, type SystemApplication } from "./application-names.ts";
import { inApp } from "./build-app.ts";
import { distPaths } from "../manifest/dist-paths.ts";
import { deliveryLabels } from "./delivery-labels.ts";
import { interventionNotice } from "./intervention-notice.ts";
import { interventionsOn } from "./interventions.ts";
import { normalizeDocument } from "./normalize-document.ts";
import { renderManifests } from "./render-manifests.ts";
import type { ResolvedSystem } from "./resolve-systems.ts";
import type { ProjectPlace } from "./system-project.ts";

/** The ApplicationSet of a system, and the Applications that it will make, for reviewers. */
export function systemApplicationSet(resolved: readonly ResolvedSystem[], place: ProjectPlace): Manifest[] {
  const [first] = resolved;
  if (first === undefined) return [];
  const { system } = first;
  const { controlPlane } = place;
  const { argocdVersion } = controlPlane;
  const applications = resolved.flatMap((entry) => {
    const interventions = interventionsOn(entry, undefined);
    const notice = showsNotices(argocdVersion) ? interventionNotice(interventions) : undefined;
    const sync = overriddenSync(entry.policy.sync, interventions.breakGlass?.off, argocdVersion);
    return applicationsOf(entry).map((application) => ({ entry, application, notice, sync }));
  });
  // in quiet times nothing of this is there to be read
  const pausable = applications.some(({ sync }) => sync.enabled === false);
  const noticed = applications.some(({ notice }) => notice !== undefined);
  const props: ApplicationSetProps = {
    name: system.name,
    namespace: controlPlane.namespace,
    labels: deliveryLabels(system),
    generators: [
      Generator.list(
        applications.map(({ entry, application, notice, sync }) => ({
          application: application.name,
          environment: entry.environment.name,
          cluster: application.cluster.name,
          server: serverOf(system.name, application),
          ...syncModeElement(sync.mode, pausable ? sync.enabled === false : undefined),
          ...(noticed && noticeElement(notice)),
        })),
      ),
    ],
    template: applicationTemplateProps(first, place),
    templatePatch: `${noticed ? noticePatch : ""}${syncModePatch(pausable)}`,
    argocdVersion,
  };
  const set = renderManifests(
    inApp((chart) => new ApplicationSet(chart, "application-set", props)),
    { scope: "control-plane", controlPlane: controlPlane.name },
    system.callSite,
  );
  const environments = new Map(applications.map(({ entry, application }) => [application.name, entry.environment.name]));
  const expanded = expandApplicationSet(props).map(({ application }): Manifest => {
    const environment = environments.get(application.metadata.name);
    if (environment === undefined)
      throw new Error(`'${application.metadata.name}' comes from no element of ApplicationSet '${system.name}'`);
    return {
      owner: { scope: "expanded", controlPlane: controlPlane.name, applicationSet: system.name, environment },
      document: normalizeDocument(application),
      source: system.callSite,
    };
  });
  return [...set, ...expanded];
}

/** The same with the places of an environment left to the generator. */
function applicationTemplateProps({ system }: ResolvedSystem, { repository }: ProjectPlace): ApplicationSetProps["template"] {
  return {
    name: "{{ .application }}",
    labels: deliveryLabels(system, "{{ .environment }}"),
    project: projectOf(system, { name: "{{ .environment }}" }),
    source: {
      repoURL: repository.url,
      targetRevision: repository.branch,
      path: `${repository.output}/${distPaths.system("{{ .environment }}", "{{ .cluster }}", system.name)}`,
      directory: { recurse: true },
    },
    destination: { server: "{{ .server }}", namespace: namespaceOf(system, { name: "{{ .environment }}" }) },
    syncPolicy: { mode: SyncMode.manual() },
  };
}

function serverOf(system: string, { cluster }: SystemApplication): string {
  if (cluster.destination.server !== undefined) return cluster.destination.server;
  throw new UserError(`the ApplicationSet of '${system}' needs the server of cluster '${cluster.name}', which is known by name only`, {
    hint: 'give the cluster\'s destination as { server: … }, or deliver the system with applications: "per-system"',
  });
}
