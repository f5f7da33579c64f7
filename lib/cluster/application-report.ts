import { shortId } from "../git/short-id.ts";
import { isKeelsons, label } from "../manifest/labels.ts";
import type { ApplicationDestination, ApplicationSource, LiveApplication, LiveResource } from "./application.ts";
import type { DeliveryState } from "./delivery-state.ts";
import type { ExpectedObject } from "./expected-object.ts";
import type { WantedCommit } from "./git-facts.ts";
import { findOutOfSyncResources, lackingCommit, type OutOfSyncResources } from "./out-of-sync-resources.ts";

const nothing: OutOfSyncResources = { drifted: [], pending: [], prunable: [] };

/** Who synced last, when, and how that went. */
export interface LastSync {
  /** A user of Argo CD, `automated`, or `undefined` where Argo CD does not say. */
  readonly by: string | undefined;
  /** When it ended, or began while it runs; RFC 3339. */
  readonly at: string | undefined;
  readonly phase: string | undefined;
  readonly message: string | undefined;
  /** The commit. */
  readonly revision: string | undefined;
}

/** An expected Application beside what the cluster holds of it. */
export interface ApplicationReport {
  readonly name: string;
  readonly environment: string | undefined;
  readonly system: string | undefined;
  /** What it reads, from the repository's root. */
  readonly path: string;
  readonly state: DeliveryState;
  /** What there is to say of the state, in one line; may be empty. */
  readonly note: string;
  /** What the cluster holds; `undefined` when there is nothing, or another's. */
  readonly live: LiveApplication | undefined;
  /** Whether it is synced and its files are the wanted commit's; `undefined` when that cannot be told. */
  readonly holds: boolean | undefined;
  readonly lastSync: LastSync | undefined;
  readonly outOfSync: OutOfSyncResources;
}

type Verdict = readonly [state: DeliveryState, note: string];

interface Held {
  readonly path: string;
  readonly live: LiveApplication;
  /** `undefined` when the clone lacks a commit. */
  readonly outOfSync: OutOfSyncResources | undefined;
  readonly wanted: WantedCommit;
}

/**
 * Judges one Application.
 *
 * @param wanted - the commit that it should hold
 * @param oldest - a comparison from before this time tells nothing; RFC 3339; @default any may be as old as it is
 */
export function reportApplication(
  expected: ExpectedObject,
  found: LiveApplication | undefined,
  { git, revision }: WantedCommit,
  oldest?: string,
): ApplicationReport {
  const live = found && asItIs(found);
  const path = expected.source.path ?? "";
  const about = { name: expected.name, environment: expected.environment, system: expected.system, path };
  if (live === undefined) return { ...about, state: "missing", note: "", live, holds: false, lastSync: undefined, outOfSync: nothing };
  const foreign = foreignness(expected, live);
  if (foreign !== undefined)
    return { ...about, state: "foreign", note: foreign, live: undefined, holds: false, lastSync: undefined, outOfSync: nothing };
  const outOfSync = live.syncStatus === "OutOfSync" ? findOutOfSyncResources(live, path, git) : nothing;
  const held: Held = { path, live, outOfSync, wanted: { git, revision } };
  const [state, note] =
    identity(expected, live) ?? failure(held) ?? silence(live, oldest) ?? movement(live) ?? difference(held) ?? lag(held) ?? rest(live);
  return { ...about, state, note, live, holds: holdsWanted(held), lastSync: lastSyncOf(live), outOfSync: outOfSync ?? nothing };
}

/** Without what would mislead: a branch's name that Argo CD could not resolve means something else in this clone, and a dry run is no sync. */
function asItIs(live: LiveApplication): LiveApplication {
  const { revision, operation } = live;
  const isCommit = revision !== undefined && /^[0-9a-f]{40,64}$/.test(revision);
  return { ...live, revision: isCommit ? revision : undefined, operation: operation?.dryRun === true ? undefined : operation };
}

function foreignness({ source }: ExpectedObject, live: LiveApplication): string | undefined {
  if (!isKeelsons(live.labels)) return `its label ${label.managedBy} is not 'keelson'`;
  return live.source.repoURL === source.repoURL ? undefined : `it reads ${live.source.repoURL ?? "no repository"}`;
}

function identity(expected: ExpectedObject, live: LiveApplication): Verdict | undefined {
  if (live.deletionTimestamp !== undefined) return ["deleting", `since ${live.deletionTimestamp}`];
  const from = ({ path, targetRevision }: ApplicationSource): string => `'${path ?? ""}' of '${targetRevision ?? "HEAD"}'`;
  const to = ({ server, name, namespace }: ApplicationDestination): string => `'${namespace ?? ""}' on '${server ?? name ?? ""}'`;
  const onOff = (on: boolean): string => (on ? "on" : "off");
  const differing = (what: string, is: string, wanted: string): string[] => (is === wanted ? [] : [`${what} ${is} instead of ${wanted}`]);
  const differences = [
    ...differing("reads", from(live.source), from(expected.source)),
    ...differing("is of project", `'${live.project ?? "default"}'`, `'${expected.project ?? "default"}'`),
    ...differing("deploys to", to(live.destination), to(expected.destination)),
    // of what it makes, an ApplicationSet with a rolling sync switches the automatic sync off
    ...(expected.generated ? [] : differing("its automatic sync is", onOff(live.automated), onOff(expected.automated))),
    ...(expected.generated || live.automated !== expected.automated
      ? []
      : [
          ...differing("its self-heal is", onOff(live.selfHeal), onOff(expected.selfHeal)),
          ...differing("its pruning is", onOff(live.prune), onOff(expected.prune)),
        ]),
  ];
  return differences.length === 0 ? undefined : ["diverted", joined(differences)];
}

function failure({ path, live, outOfSync, wanted: { git } }: Held): Verdict | undefined {
  const condition = live.conditions.find(({ type }) => type.endsWith("Error"));
  if (condition !== undefined) return ["failed", `${condition.type}: ${condition.message}`];
  const { operation, revision } = live;
  if (operation?.phase !== "Failed" && operation?.phase !== "Error") return degradation(live, outOfSync);
  const [tried, compared] = [operation.revision, revision].map((commit) => commit && git.tree(commit, path));
  // Git has moved on since: what failed is no longer wanted
  if (tried !== undefined && compared !== undefined && tried !== compared) return degradation(live, outOfSync);
  return ["failed", operation.message ?? `sync ${operation.phase}`];
}

function degradation({ healthStatus, resources }: LiveApplication, outOfSync: OutOfSyncResources | undefined): Verdict | undefined {
  if (healthStatus !== "Degraded") return undefined;
  const drifted = outOfSync?.drifted ?? [];
  const what = [listed(resources.filter(({ health }) => health === "Degraded")), drifted.length > 0 ? `drifted: ${listed(drifted)}` : ""];
  return ["degraded", joined(what)];
}

/** What was compared long ago may be anything by now. */
function silence({ reconciledAt }: LiveApplication, oldest: string | undefined): Verdict | undefined {
  // times of the API are all of one form, which sorts as text
  if (reconciledAt === undefined || oldest === undefined || reconciledAt >= oldest) return undefined;
  return ["unknown", `Argo CD has not compared it since ${reconciledAt}: does its controller run, and is it told to skip this one?`];
}

function movement({ operation, reconciledAt }: LiveApplication): Verdict | undefined {
  if (operation?.phase === "Running" || operation?.phase === "Terminating") {
    const attempt = operation.retryCount > 0 ? `, retry ${operation.retryCount}` : "";
    return [
      "progressing",
      `sync ${operation.phase.toLowerCase()}${attempt}${operation.message === undefined ? "" : `: ${operation.message}`}`,
    ];
  }
  // for a moment after a sync Argo CD still shows what it compared before, and calls new resources OutOfSync
  const isStale = operation?.finishedAt !== undefined && reconciledAt !== undefined && reconciledAt < operation.finishedAt;
  return isStale ? ["progressing", "synced, not compared again yet"] : undefined;
}

function difference({ live, outOfSync, wanted: { git } }: Held): Verdict | undefined {
  if (live.syncStatus === "Synced") return undefined;
  if (live.syncStatus !== "OutOfSync") return ["unknown", "Argo CD has not compared it yet"];
  if (outOfSync === undefined) return ["unknown", `out of sync; ${lackingNote(lackingCommit(live, git))}`];
  const { drifted, pending, prunable } = outOfSync;
  if (drifted.length > 0) return ["drifted", listed(drifted)];
  const what = [pending.length > 0 ? listed(pending) : "", prunable.length > 0 ? `to prune: ${listed(prunable)}` : ""];
  return ["pending", joined([live.automated ? "" : "waits for somebody to sync", ...what])];
}

function lag({ path, live, wanted: { git, revision } }: Held): Verdict | undefined {
  if (live.revision === undefined) return ["unknown", "Argo CD has not compared it yet"];
  if (git.commit(live.revision) === undefined) return ["unknown", lackingNote(live.revision)];
  const [held, wanted] = [git.tree(live.revision, path), git.tree(revision, path)];
  if (held !== undefined && held === wanted) return undefined;
  if (git.isAncestor(revision, live.revision))
    return live.healthStatus === "Healthy" ? ["ahead", `at ${shortId(live.revision)}`] : undefined;
  if (wanted === undefined) return ["unknown", `${shortId(revision)} has no '${path}'`];
  return ["behind", `compared at ${shortId(live.revision)}`];
}

function rest({ healthStatus }: LiveApplication): Verdict {
  if (healthStatus === "Healthy") return ["ok", ""];
  if (healthStatus === "Progressing") return ["progressing", "resources are starting"];
  return healthStatus === "Suspended" ? ["suspended", ""] : ["unknown", `its health is ${healthStatus ?? "not known yet"}`];
}

function holdsWanted({ path, live, wanted: { git, revision } }: Held): boolean | undefined {
  if (live.syncStatus !== "Synced" || live.revision === undefined) return false;
  if (git.commit(live.revision) === undefined) return undefined;
  const wanted = git.tree(revision, path);
  return wanted !== undefined && git.tree(live.revision, path) === wanted;
}

function lastSyncOf({ operation, history }: LiveApplication): LastSync | undefined {
  const deployed = history.at(-1);
  const last = operation ?? deployed;
  if (last === undefined) return undefined;
  return {
    by: last.username ?? (last.automated ? "automated" : undefined),
    at: operation === undefined ? deployed?.deployedAt : (operation.finishedAt ?? operation.startedAt),
    phase: operation === undefined ? "Succeeded" : operation.phase,
    message: operation?.message,
    revision: last.revision,
  };
}

function lackingNote(commit: string | undefined): string {
  return `this clone lacks ${commit === undefined ? "the commit" : shortId(commit)}: git fetch`;
}

/** The first few by name. */
function listed(resources: readonly LiveResource[]): string {
  const names = resources.map(({ kind, namespace, name }) => `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`);
  return [...names.slice(0, 3), ...(names.length > 3 ? [`${names.length - 3} more`] : [])].join(", ");
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("; ");
}
