import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import type { Destination } from "../definition/destination.ts";
import { UserError } from "../errors/user-error.ts";
import type { GroupKind } from "../manifest/namespaced-kinds.ts";
import { resourcesFinalizer } from "./application.ts";
import { type ProjectRoleProps, projectRoleSpec } from "./project-role.ts";
import { type ProjectSyncWindow, syncWindowSpecs } from "./project-sync-window.ts";
import { requireField } from "./require-since.ts";

/** A cluster-scoped kind that a project permits. */
export interface ClusterResource extends GroupKind {
  /** The one object, with `*` for any part; Argo CD 3.3 or later. @default every object of the kind */
  readonly name?: string;
}

/** What an author says of an AppProject. */
export interface AppProjectProps {
  readonly name: string;
  /** Argo CD's. @default "argocd" */
  readonly namespace?: string;
  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** At most 255 characters. @default none */
  readonly description?: string;
  /** Where its Applications may read from; an entry that starts with `!` forbids. */
  readonly sourceRepos: readonly string[];
  /** Where its Applications may deploy to; an entry that starts with `!` forbids. */
  readonly destinations: readonly (Destination & { readonly namespace: string })[];
  /** Cluster-scoped kinds that its Applications may hold; an empty list permits none. */
  readonly clusterResourceWhitelist: readonly ClusterResource[];
  /** Namespaced kinds that its Applications may hold; an empty list permits none, and is written, because an absent one would permit all. */
  readonly namespaceResourceWhitelist: readonly GroupKind[];
  /** Namespaced kinds that stay forbidden even so. @default none */
  readonly namespaceResourceBlacklist?: readonly GroupKind[];
  /** @default none */
  readonly roles?: readonly ProjectRoleProps[];
  /** When its Applications may sync. @default always */
  readonly syncWindows?: readonly ProjectSyncWindow[];
  /** Shows resources of its destinations that no Application holds. @default not looked for */
  readonly orphanedResources?: { readonly warn: boolean; readonly ignore?: readonly (GroupKind & { readonly name?: string })[] };
  /** Whether the project cannot be deleted as long as Applications use it. @default true */
  readonly finalizer?: boolean;
  /** The targeted Argo CD version: fields that it does not know are refused. */
  readonly argocdVersion: string;
}

/**
 * The fence around a group of Applications: where from, where to, what, who and when.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
 */
export class AppProject extends Construct {
  /** @throws UserError when an entry cannot be used or stands twice, or the targeted version does not know a field */
  constructor(scope: Construct, id: string, props: AppProjectProps) {
    super(scope, id);
    const { name, namespace = "argocd", labels, annotations, finalizer = true } = props;
    new ApiObject(this, "app-project", {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "AppProject",
      metadata: { name, namespace, labels, annotations, ...(finalizer && { finalizers: [resourcesFinalizer] }) },
      spec: appProjectSpec(props),
    });
  }
}

function appProjectSpec(props: AppProjectProps): object {
  const { name, description, sourceRepos, destinations, roles = [], syncWindows = [], namespaceResourceBlacklist = [] } = props;
  requireDescription(name, description);
  requireUsable(name, "source repository", sourceRepos);
  requireUsable(name, "destination", destinations.map(destinationText));
  requireUsable(
    name,
    "role",
    roles.map((role) => role.name),
  );
  if (props.clusterResourceWhitelist.some((resource) => resource.name !== undefined)) {
    requireField("spec.clusterResourceWhitelist[].name", props.argocdVersion);
  }
  return {
    ...(description !== undefined && { description }),
    sourceRepos,
    destinations,
    clusterResourceWhitelist: props.clusterResourceWhitelist,
    namespaceResourceWhitelist: props.namespaceResourceWhitelist,
    ...(namespaceResourceBlacklist.length > 0 && { namespaceResourceBlacklist }),
    ...(roles.length > 0 && { roles: roles.map((role) => projectRoleSpec(role, name)) }),
    ...(syncWindows.length > 0 && { syncWindows: syncWindowSpecs(syncWindows, name, props.argocdVersion) }),
    ...(props.orphanedResources !== undefined && { orphanedResources: props.orphanedResources }),
  };
}

function requireDescription(project: string, description = ""): void {
  // Go counts bytes, the CRD's schema characters; the smaller allowance is safe with both.
  const length = Buffer.byteLength(description);
  if (length > 255) throw new UserError(`the description of project '${project}' is longer than 255 bytes, got ${length}`);
}

function destinationText({ server, name, namespace }: Destination & { readonly namespace: string }): string {
  if ([server, name, namespace].includes("!*")) return "!*";
  return `${server ?? name}/${namespace}`;
}

function requireUsable(project: string, what: string, entries: readonly string[]): void {
  if (entries.includes("!*"))
    throw new UserError(`the ${what} '!*' of project '${project}' forbids everything, which Argo CD refuses`, {
      hint: "give an empty list",
    });
  const twice = entries.find((entry, index) => entries.indexOf(entry) !== index);
  if (twice !== undefined) throw new UserError(`the ${what} '${twice}' of project '${project}' is listed twice`);
}
