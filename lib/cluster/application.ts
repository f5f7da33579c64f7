import { Fields } from "./fields.ts";
import type { LiveObject } from "./kubernetes-api.ts";

/** An Argo CD Application. */
export const applicationKind = { apiVersion: "argoproj.io/v1alpha1", kind: "Application" } as const;

/** An Argo CD AppProject. */
export const appProjectKind = { apiVersion: "argoproj.io/v1alpha1", kind: "AppProject" } as const;

/** An Argo CD ApplicationSet. */
export const applicationSetKind = { apiVersion: "argoproj.io/v1alpha1", kind: "ApplicationSet" } as const;

/** What an Application reads. */
export interface ApplicationSource {
  readonly repoURL: string | undefined;
  /** From the repository's root. */
  readonly path: string | undefined;
  readonly targetRevision: string | undefined;
}

/** Where an Application deploys to: a cluster, by its address or its name, and a namespace. */
export interface ApplicationDestination {
  readonly server: string | undefined;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
}

/** What is asked of an Application: the part of its `spec` that Keelson reads. */
export interface ApplicationSpec {
  /** Argo CD takes its project `default` where there is none. */
  readonly project: string | undefined;
  /** Without a path when the Application has several sources: Keelson writes none of those. */
  readonly source: ApplicationSource;
  readonly destination: ApplicationDestination;
  /** Whether Argo CD syncs by itself. */
  readonly automated: boolean;
  /** Whether Argo CD, syncing by itself, also reverts changes made in the cluster. */
  readonly selfHeal: boolean;
  /** Whether Argo CD, syncing by itself, also deletes what is no longer in Git. */
  readonly prune: boolean;
}

/** Who started a sync: a user of Argo CD, or Argo CD itself. */
export interface SyncInitiator {
  readonly username: string | undefined;
  readonly automated: boolean;
}

/** The last operation, running ones included. */
export interface LiveOperation extends SyncInitiator {
  /** `Running`, `Terminating`, `Failed`, `Error` or `Succeeded`. */
  readonly phase: string | undefined;
  readonly message: string | undefined;
  /** RFC 3339. */
  readonly startedAt: string | undefined;
  /** RFC 3339. */
  readonly finishedAt: string | undefined;
  /** The commit that it synced, or tried to. */
  readonly revision: string | undefined;
  readonly retryCount: number;
  /** It only tried: nothing was changed, and Argo CD compares no sooner for it. */
  readonly dryRun: boolean;
}

/** A sync that succeeded; Argo CD keeps the last ten. */
export interface PastSync extends SyncInitiator {
  /** Counts up, per Application. */
  readonly id: number;
  /** The commit. */
  readonly revision: string | undefined;
  /** RFC 3339. */
  readonly deployedAt: string | undefined;
  /** RFC 3339. */
  readonly deployStartedAt: string | undefined;
}

/** A resource of an Application, as its last comparison found it. */
export interface LiveResource {
  /** Empty for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** `Synced`, `OutOfSync` or `Unknown`. */
  readonly status: string | undefined;
  /** `undefined` unless the controller runs with `--persist-resource-health`. */
  readonly health: string | undefined;
  /** Runs at a sync instead of being kept in sync. */
  readonly hook: boolean;
  /** In the cluster, no longer in Git. */
  readonly requiresPruning: boolean;
}

/** Something that Argo CD has to say of an Application: `{ type: "ComparisonError", … }`. */
export interface LiveCondition {
  readonly type: string;
  readonly message: string;
}

/**
 * An Application as a cluster holds it; whatever Argo CD did not say is `undefined`.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml
 */
export interface LiveApplication extends ApplicationSpec {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly uid: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** RFC 3339; set while finalizers still hold the object. */
  readonly deletionTimestamp: string | undefined;
  /** `Synced`, `OutOfSync` or `Unknown`. */
  readonly syncStatus: string | undefined;
  /** The commit that the last comparison took as the target; the branch's name where Argo CD could not resolve it. */
  readonly revision: string | undefined;
  /** When Argo CD last compared; RFC 3339. */
  readonly reconciledAt: string | undefined;
  /** `Healthy`, `Progressing`, `Degraded`, `Suspended`, `Missing` or `Unknown`. */
  readonly healthStatus: string | undefined;
  readonly healthMessage: string | undefined;
  readonly operation: LiveOperation | undefined;
  /** Oldest first. */
  readonly history: readonly PastSync[];
  readonly resources: readonly LiveResource[];
  readonly conditions: readonly LiveCondition[];
  /** Of its Pods, each once, as their specs name them. */
  readonly images: readonly string[];
}

/** Reads an object of kind Application. */
export function readApplication(object: LiveObject): LiveApplication {
  const status = new Fields(object.status);
  const health = status.at("health");
  return {
    ...readApplicationSpec(object),
    name: object.metadata.name,
    namespace: object.metadata.namespace,
    uid: object.metadata.uid,
    labels: object.metadata.labels ?? {},
    deletionTimestamp: object.metadata.deletionTimestamp,
    syncStatus: status.at("sync").text("status"),
    revision: status.at("sync").text("revision"),
    reconciledAt: status.text("reconciledAt"),
    healthStatus: health.text("status"),
    healthMessage: health.text("message"),
    operation: status.has("operationState") ? readOperation(status.at("operationState")) : undefined,
    history: status.each("history").map(readPastSync),
    resources: status.each("resources").map(readResource),
    conditions: status.each("conditions").map((entry) => ({ type: entry.text("type") ?? "", message: entry.text("message") ?? "" })),
    images: status.at("summary").texts("images"),
  };
}

/** Reads what is asked of an object of kind Application, be it live or rendered. */
export function readApplicationSpec(object: Readonly<Record<string, unknown>>): ApplicationSpec {
  const spec = new Fields(object.spec);
  const [source, destination, policy] = [spec.at("source"), spec.at("destination"), spec.at("syncPolicy")];
  const automated = policy.has("automated") && policy.at("automated").flag("enabled", true);
  return {
    project: spec.text("project"),
    source: { repoURL: source.text("repoURL"), path: source.text("path"), targetRevision: source.text("targetRevision") },
    destination: { server: destination.text("server"), name: destination.text("name"), namespace: destination.text("namespace") },
    automated,
    selfHeal: automated && policy.at("automated").flag("selfHeal"),
    prune: automated && policy.at("automated").flag("prune"),
  };
}

function readOperation(state: Fields): LiveOperation {
  return {
    phase: state.text("phase"),
    message: state.text("message"),
    startedAt: state.text("startedAt"),
    finishedAt: state.text("finishedAt"),
    revision: state.at("syncResult").text("revision"),
    retryCount: state.count("retryCount") ?? 0,
    dryRun: state.at("operation").at("sync").flag("dryRun"),
    ...readInitiator(state.at("operation")),
  };
}

function readPastSync(entry: Fields): PastSync {
  return {
    // the first entry's id is 0, which Go writes all the same
    id: entry.count("id") ?? 0,
    revision: entry.text("revision"),
    deployedAt: entry.text("deployedAt"),
    deployStartedAt: entry.text("deployStartedAt"),
    ...readInitiator(entry),
  };
}

function readInitiator(holder: Fields): SyncInitiator {
  const initiator = holder.at("initiatedBy");
  return { username: initiator.text("username"), automated: initiator.flag("automated") };
}

function readResource(entry: Fields): LiveResource {
  return {
    group: entry.text("group") ?? "",
    kind: entry.text("kind") ?? "",
    namespace: entry.text("namespace"),
    name: entry.text("name") ?? "",
    status: entry.text("status"),
    health: entry.at("health").text("status"),
    hook: entry.flag("hook"),
    requiresPruning: entry.flag("requiresPruning"),
  };
}
