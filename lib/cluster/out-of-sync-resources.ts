import { parseAllDocuments } from "yaml";
import type { LiveApplication, LiveResource } from "./application.ts";
import { Fields } from "./fields.ts";
import type { GitFacts } from "./git-facts.ts";

/** The resources that Argo CD calls OutOfSync, by the reason. */
export interface OutOfSyncResources {
  /** Git says the same as whatever was applied last: the cluster was changed. */
  readonly drifted: readonly LiveResource[];
  /** Git says something else than what was applied last. */
  readonly pending: readonly LiveResource[];
  /** No longer in Git. */
  readonly prunable: readonly LiveResource[];
}

/**
 * Tells drift from changes that were not synced, which Argo CD does not: by the files of what was applied last and those of the last comparison.
 *
 * @param path - what the Application reads
 * @returns `undefined` when the clone lacks one of the commits
 */
export function findOutOfSyncResources(live: LiveApplication, path: string, git: GitFacts): OutOfSyncResources | undefined {
  const outOfSync = live.resources.filter(({ status, hook }) => status === "OutOfSync" && !hook);
  const prunable = outOfSync.filter(({ requiresPruning }) => requiresPruning);
  const kept = outOfSync.filter(({ requiresPruning }) => !requiresPruning);
  // nothing was ever synced as a whole: nothing can have drifted
  if (live.history.at(-1)?.revision === undefined) return { drifted: [], pending: kept, prunable };
  const { revision } = live;
  if (revision === undefined || lackingCommit(live, git) !== undefined) return undefined;
  const changed = new Set(appliedCommits(live).flatMap((applied) => changedResources(path, applied, revision, git)));
  return {
    drifted: kept.filter((resource) => !changed.has(keyOf(resource))),
    pending: kept.filter((resource) => changed.has(keyOf(resource))),
    prunable,
  };
}

/** The first commit that this takes and that the clone lacks. */
export function lackingCommit(live: LiveApplication, git: GitFacts): string | undefined {
  return [live.revision, ...appliedCommits(live)].find((commit) => commit !== undefined && git.commit(commit) === undefined);
}

/** What a sync applies before it fails, and what a sync of single resources applies, is in no history. */
function appliedCommits({ history, operation }: LiveApplication): string[] {
  return [...new Set([history.at(-1)?.revision, operation?.revision].filter((commit) => commit !== undefined))];
}

/** The keys of all resources whose file differs between two commits, wherever it lies. */
function changedResources(path: string, before: string, after: string, git: GitFacts): string[] {
  const [old, now] = [git.files(before, path), git.files(after, path)];
  const [oldBlobs, blobs] = [new Set(old.map(placed)), new Set(now.map(placed))];
  // only these are read; a file that merely moved has its resource in both lists with the same content
  const oldResources = resourcesOf(
    before,
    old.filter((file) => !blobs.has(placed(file))),
    git,
  );
  const resources = resourcesOf(
    after,
    now.filter((file) => !oldBlobs.has(placed(file))),
    git,
  );
  const keys = [...oldResources.keys(), ...resources.keys()];
  return keys.filter((key) => oldResources.get(key) !== resources.get(key));
}

function placed({ path, blob }: { readonly path: string; readonly blob: string }): string {
  return `${blob} ${path}`;
}

/** The content's id of each resource, by its key. */
function resourcesOf(revision: string, files: ReturnType<GitFacts["files"]>, git: GitFacts): ReadonlyMap<string, string> {
  return new Map(
    files
      .filter(({ path }) => /\.(ya?ml|json)$/.test(path))
      .flatMap(({ path, blob }) =>
        parseAllDocuments(git.read(revision, path)).map((document): [string, string] => [documentKey(document.toJS()), blob]),
      ),
  );
}

function documentKey(document: unknown): string {
  const [fields, metadata] = [new Fields(document), new Fields(document).at("metadata")];
  const apiVersion = fields.text("apiVersion") ?? "";
  return keyOf({
    group: apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "",
    kind: fields.text("kind") ?? "",
    namespace: metadata.text("namespace"),
    name: metadata.text("name") ?? "",
  });
}

function keyOf({ group, kind, namespace, name }: Pick<LiveResource, "group" | "kind" | "namespace" | "name">): string {
  return `${group}/${kind}/${namespace ?? ""}/${name}`;
}
