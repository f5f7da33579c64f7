import type { Commit } from "../git/commit.ts";
import { blobIds } from "../git/read-blobs.ts";
import { imagePinsFile } from "../image/image-pins.ts";
import type { ImageReference } from "../image/image-reference.ts";
import { noPins, type Pins } from "../image/pins.ts";
import type { HistoryGit } from "./history-git.ts";
import { pinReader } from "./pin-states.ts";

/** The commit that wrote what a commit of the branch brought: `to` is what the key became, `undefined` where it went. */
export type FindOrigin = (commit: Commit, key: string, to: ImageReference | undefined) => Commit;

/**
 * Looks inside of merges for the commit that wrote a pin: from the merge down, as long as a parent that the merge brought holds the same.
 * Where none does, somebody chose the value while merging, and the merge itself wrote it.
 *
 * @param merges - the branch's own commits that will be asked about, oldest first
 */
export function originFinder(git: HistoryGit, environment: string, revision: string, merges: readonly Commit[]): FindOrigin {
  const [first] = merges;
  if (first === undefined) return (commit) => commit;
  const before = first.parents[0];
  const commits = new Map(git.log(revision, before === undefined ? {} : { since: before }).map((commit) => [commit.id, commit]));
  const brought = broughtBy(commits, revision, merges);
  const pinsOf = pinsOfCommits(git, environment, commits, new Set([...brought.values()].flatMap((ids) => [...ids])));
  return (merge, key, to) => {
    const ids = brought.get(merge.id) ?? new Set();
    let found = merge;
    for (;;) {
      const parent = found.parents.find((id) => ids.has(id) && pinsOf(id).get(key)?.toString() === to?.toString());
      const next = parent === undefined ? undefined : commits.get(parent);
      if (next === undefined) break;
      found = next;
    }
    // of what was merged nobody wrote it, when it came there from the branch as it once was
    return found.id === merge.id || writes(found, key, to, pinsOf) ? found : merge;
  };
}

function writes(commit: Commit, key: string, to: ImageReference | undefined, pinsOf: (id: string) => Pins): boolean {
  return commit.parents.every((parent) => pinsOf(parent).get(key)?.toString() !== to?.toString());
}

/** The commits that each merge brought to the branch: those behind it that its first parent does not hold. */
function broughtBy(commits: ReadonlyMap<string, Commit>, revision: string, merges: readonly Commit[]): Map<string, Set<string>> {
  const chain: Commit[] = [];
  for (let commit = commits.get(revision); commit !== undefined; commit = commits.get(commit.parents[0] ?? "")) chain.push(commit);
  const [wanted, seen, brought] = [new Set(merges.map(({ id }) => id)), new Set<string>(), new Map<string, Set<string>>()];
  for (const { id, parents } of chain.reverse()) {
    const [found, open] = [new Set<string>(), parents.slice(1)];
    seen.add(id);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const commit = commits.get(next);
      if (commit === undefined || seen.has(next)) continue;
      seen.add(next);
      found.add(next);
      open.push(...commit.parents);
    }
    if (wanted.has(id)) brought.set(id, found);
  }
  return brought;
}

/** What commits held, and their parents; where it cannot be read, what their first parents held. */
function pinsOfCommits(
  git: HistoryGit,
  environment: string,
  commits: ReadonlyMap<string, Commit>,
  ids: ReadonlySet<string>,
): (id: string) => Pins {
  const file = imagePinsFile(environment);
  const asked = new Set([...ids, ...[...ids].flatMap((id) => commits.get(id)?.parents ?? [])]);
  const blobs = blobIds(
    git,
    [...asked].map((id) => `${id}:${file}`),
  );
  const readPins = pinReader(git, file, blobs.values());
  const known = new Map<string, Pins>();
  return (asked) => {
    // down the first parents to what is known, and up again: a branch may be longer than the stack
    const below: string[] = [];
    for (let id: string | undefined = asked; id !== undefined && !known.has(id); id = ids.has(id) ? commits.get(id)?.parents[0] : undefined)
      below.push(id);
    for (const id of below.reverse()) {
      const before = known.get(commits.get(id)?.parents[0] ?? "") ?? noPins;
      known.set(id, readPins(blobs.get(`${id}:${file}`), before));
    }
    return known.get(asked) ?? noPins;
  };
}
