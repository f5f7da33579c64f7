import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import type { Destination } from "../definition/destination.ts";
import { UserError } from "../errors/user-error.ts";
import type { KubernetesObject } from "../manifest/manifest.ts";
import { type CompareOption, compareOptionsAnnotation } from "./compare-option.ts";
import { SyncOption } from "./sync-option.ts";
import { type SyncPolicyProps, type SyncPolicySpec, syncPolicySpec } from "./sync-policy.ts";

/** The finalizer that makes Argo CD delete what it deployed, and hold a project as long as Applications use it. */
export const resourcesFinalizer = "resources-finalizer.argocd.argoproj.io";

/** Where plain YAML is read from. */
export interface ApplicationSource {
  readonly repoURL: string;
  /** A branch, tag or commit. */
  readonly targetRevision: string;
  /** The folder, relative to the repository's root. */
  readonly path: string;
  /** @default Argo CD's own: the folder without its sub-folders */
  readonly directory?: { readonly recurse: boolean };
}

/**
 * Fields that belong to somebody else: left out of the comparison. At least one of the last three.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/
 */
export interface IgnoreDifference {
  /** @default the core group */
  readonly group?: string;
  readonly kind: string;
  /** @default every name */
  readonly name?: string;
  /** @default every namespace */
  readonly namespace?: string;
  readonly jsonPointers?: readonly string[];
  readonly jqPathExpressions?: readonly string[];
  /** Fields that these managers own. */
  readonly managedFieldsManagers?: readonly string[];
}

/** What an Application and the template of an ApplicationSet have in common. */
export interface ApplicationTemplateProps {
  readonly name: string;
  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Beside those that the other props make. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** The AppProject. */
  readonly project: string;
  readonly source: ApplicationSource;
  /** The cluster, and the namespace of objects that name none. */
  readonly destination: Destination & { readonly namespace: string };
  readonly syncPolicy: SyncPolicyProps;
  /** Makes the destination's namespace when it is not there. @default true */
  readonly createNamespace?: boolean;
  /** @default none */
  readonly ignoreDifferences?: readonly IgnoreDifference[];
  /** Whether a sync leaves fields under `ignoreDifferences` alone too. @default true where there are any */
  readonly respectIgnoreDifferences?: boolean;
  /** How many syncs are remembered. @default Argo CD's own: 10 */
  readonly revisionHistoryLimit?: number;
  /** Shown in the UI. @default none */
  readonly info?: readonly { readonly name: string; readonly value: string }[];
  /** @default none */
  readonly compareOptions?: readonly CompareOption[];
  /** A commit outside of these paths does not refresh the Application; relative to the source's path, or absolute with `/`. @default ["."] */
  readonly manifestGeneratePaths?: readonly string[];
  /** The targeted Argo CD version: fields that it does not know are refused. */
  readonly argocdVersion: string;
}

/** What an author says of an Application. */
export interface ApplicationProps extends ApplicationTemplateProps {
  /** Argo CD's. @default "argocd" */
  readonly namespace?: string;
  /** Whether deleting the Application deletes what it deployed. @default false */
  readonly cascade?: boolean;
}

/** `spec` of an Application, as far as Keelson writes it. */
export interface ApplicationSpec {
  readonly project: string;
  readonly source: ApplicationSource;
  readonly destination: Destination & { readonly namespace: string };
  readonly syncPolicy: SyncPolicySpec;
  readonly ignoreDifferences?: readonly IgnoreDifference[];
  readonly revisionHistoryLimit?: number;
  readonly info?: readonly { readonly name: string; readonly value: string }[];
}

/** An Application as plain data. */
export interface ApplicationObject extends KubernetesObject {
  readonly spec: ApplicationSpec;
}

/**
 * What Argo CD delivers to one namespace of one cluster.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/
 */
export class Application extends Construct {
  constructor(scope: Construct, id: string, props: ApplicationProps) {
    super(scope, id);
    const { name, namespace = "argocd", cascade = false } = props;
    const { labels, annotations } = applicationMetadata(props);
    new ApiObject(this, "application", {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Application",
      metadata: { name, namespace, labels, annotations, ...(cascade && { finalizers: [resourcesFinalizer] }) },
      spec: applicationSpec(props),
    });
  }
}

/** Labels and annotations of an Application; empty where it has none. */
export function applicationMetadata(
  props: Pick<ApplicationTemplateProps, "labels" | "annotations" | "compareOptions" | "manifestGeneratePaths">,
): Required<Pick<KubernetesObject["metadata"], "labels" | "annotations">> {
  const paths = props.manifestGeneratePaths ?? ["."];
  return {
    labels: { ...props.labels },
    annotations: {
      ...props.annotations,
      ...compareOptionsAnnotation(...(props.compareOptions ?? [])),
      ...(paths.length > 0 && { "argocd.argoproj.io/manifest-generate-paths": paths.join(";") }),
    },
  };
}

/**
 * The one place where props become `spec`, for Applications and the templates of ApplicationSets.
 *
 * @throws UserError when a rule of `ignoreDifferences` ignores nothing, the history limit is no count, or the targeted version does not know a field
 */
export function applicationSpec(props: Omit<ApplicationTemplateProps, "name">): ApplicationSpec {
  const { project, source, destination, ignoreDifferences = [], revisionHistoryLimit, info = [] } = props;
  ignoreDifferences.forEach(requireIgnored);
  if (revisionHistoryLimit !== undefined && !(Number.isSafeInteger(revisionHistoryLimit) && revisionHistoryLimit >= 0)) {
    throw new UserError(`the revision history limit is not a whole number of at least 0, got '${revisionHistoryLimit}'`);
  }
  return {
    project,
    source,
    destination,
    syncPolicy: syncPolicySpec({ ...props.syncPolicy, syncOptions: syncOptions(props) }, props.argocdVersion),
    ...(ignoreDifferences.length > 0 && { ignoreDifferences }),
    ...(revisionHistoryLimit !== undefined && { revisionHistoryLimit }),
    ...(info.length > 0 && { info }),
  };
}

function syncOptions(props: Omit<ApplicationTemplateProps, "name">): readonly SyncOption<"application">[] {
  const respects = (props.ignoreDifferences ?? []).length > 0 && (props.respectIgnoreDifferences ?? true);
  return [
    ...((props.createNamespace ?? true) ? [SyncOption.createNamespace()] : []),
    ...(respects ? [SyncOption.respectIgnoreDifferences()] : []),
    ...(props.syncPolicy.syncOptions ?? []),
  ];
}

function requireIgnored({ kind, jsonPointers = [], jqPathExpressions = [], managedFieldsManagers = [] }: IgnoreDifference): void {
  if (jsonPointers.length + jqPathExpressions.length + managedFieldsManagers.length > 0) return;
  throw new UserError(`the rule of ignoreDifferences for '${kind}' ignores nothing`, {
    hint: "give jsonPointers, jqPathExpressions or managedFieldsManagers",
  });
}
