import type { Chart } from "cdk8s";
import { Application, type ApplicationTemplateProps } from "../argocd/application.ts";
import { expandApplicationSet } from "../argocd/application-set-expansion.ts";
import { ApplicationSet, type ApplicationSetProps } from "../argocd/application-set.ts";
import { Generator } from "../argocd/generator.ts";
import { applicationProtection } from "../argocd/protection.ts";
import { syncModeElement, syncModePatch } from "../argocd/sync-mode-patch.ts";
import { SyncMode } from "../definition/environment-policy.ts";
import { UserError } from "../errors/user-error.ts";
import { label } from "../manifest/labels.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { inApp } from "./build-app.ts";
import { applicationsOf, type SystemApplication } from "./application-names.ts";
import { normalizeDocument } from "./normalize-document.ts";
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
      inApp((chart: Chart) => {
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

/** The ApplicationSet of a system, and the Applications that it will make, for reviewers. */
export function systemApplicationSet(resolved: readonly ResolvedSystem[], place: ProjectPlace): Manifest[] {
  const [first] = resolved;
  if (first === undefined) return [];
  const { system } = first;
  const { controlPlane } = place;
  const applications = resolved.flatMap((entry) => applicationsOf(entry).map((application) => ({ entry, application })));
  const props: ApplicationSetProps = {
    name: system.name,
    namespace: controlPlane.namespace,
    labels: { [label.partOf]: system.name, [label.managedBy]: "keelson", [label.team]: system.team.name },
    generators: [
      Generator.list(
        applications.map(({ entry, application }) => ({
          application: application.name,
          environment: entry.environment.name,
          cluster: application.cluster.name,
          server: serverOf(system.name, application),
          ...syncModeElement(entry.policy.sync),
        })),
      ),
    ],
    template: applicationTemplateProps(first, place),
    templatePatch: syncModePatch,
    argocdVersion: controlPlane.argocdVersion,
  };
  const set = renderManifests(
    inApp((chart) => new ApplicationSet(chart, "application-set", props)),
    { scope: "control-plane", controlPlane: controlPlane.name },
    system.callSite,
  );
  const expanded = expandApplicationSet(props).map(
    ({ element, application }): Manifest => ({
      owner: {
        scope: "expanded",
        controlPlane: controlPlane.name,
        applicationSet: system.name,
        environment: String(element["environment"]),
      },
      document: normalizeDocument(application),
      source: system.callSite,
    }),
  );
  return [...set, ...expanded];
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
          labels: { [label.partOf]: system.name, [label.managedBy]: "keelson", [label.team]: system.team.name },
          annotations: applicationProtection,
          project: `${system.name}-${cluster.name}`,
          source: {
            repoURL: repository.url,
            targetRevision: repository.branch,
            path: `${repository.output}/clusters/${cluster.name}/${unit.name}`,
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
  const folder = `${repository.output}/${environment.name}/${cluster.name}/${system.name}`;
  return {
    name,
    labels: {
      [label.partOf]: system.name,
      [label.managedBy]: "keelson",
      [label.environment]: environment.name,
      [label.team]: system.team.name,
    },
    ...(environment.policy.approval === "pull-request" && { annotations: applicationProtection }),
    project: `${system.name}-${environment.name}`,
    source: {
      repoURL: repository.url,
      targetRevision: repository.branch,
      ...(unit === undefined ? { path: folder, directory: { recurse: true } } : { path: `${folder}/${unit}` }),
    },
    destination: { ...cluster.destination, namespace },
    syncPolicy: { mode: policy.sync },
    argocdVersion: controlPlane.argocdVersion,
  };
}

/** The same with the places of an environment left to the generator. */
function applicationTemplateProps({ system }: ResolvedSystem, { repository }: ProjectPlace): ApplicationSetProps["template"] {
  return {
    name: "{{ .application }}",
    labels: {
      [label.partOf]: system.name,
      [label.managedBy]: "keelson",
      [label.environment]: "{{ .environment }}",
      [label.team]: system.team.name,
    },
    project: `${system.name}-{{ .environment }}`,
    source: {
      repoURL: repository.url,
      targetRevision: repository.branch,
      path: `${repository.output}/{{ .environment }}/{{ .cluster }}/${system.name}`,
      directory: { recurse: true },
    },
    destination: { server: "{{ .server }}", namespace: `${system.name}-{{ .environment }}` },
    syncPolicy: { mode: SyncMode.manual() },
  };
}

function serverOf(system: string, { cluster }: SystemApplication): string {
  if (cluster.destination.server !== undefined) return cluster.destination.server;
  throw new UserError(`the ApplicationSet of '${system}' needs the server of cluster '${cluster.name}', which is known by name only`, {
    hint: 'give the cluster\'s destination as { server: … }, or deliver the system with applications: "per-system"',
  });
}
