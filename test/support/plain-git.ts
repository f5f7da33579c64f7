import type { GitFacts } from "../../lib/cluster/git-facts.ts";

/** The files of each commit, oldest commit first; what a commit does not mention stays as it was, and `undefined` removes. */
export type PlainCommits = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

/** A clone as plain data: a straight line of commits. */
export function plainGit(commits: PlainCommits): GitFacts {
  const ids = Object.keys(commits);
  const filesAt = new Map<string, ReadonlyMap<string, string>>();
  let files = new Map<string, string>();
  for (const [id, changes] of Object.entries(commits)) {
    files = new Map(files);
    for (const [path, content] of Object.entries(changes)) {
      if (content === undefined) files.delete(path);
      else files.set(path, content);
    }
    filesAt.set(id, files);
  }
  const below = (revision: string, path: string): [string, string][] =>
    [...(filesAt.get(revision) ?? [])].filter(([file]) => file.startsWith(`${path}/`)).sort();
  return {
    commit: (revision) => (ids.includes(revision) ? revision : undefined),
    tree: (revision, path) => {
      const found = below(revision, path);
      return found.length === 0 ? undefined : JSON.stringify(found);
    },
    files: (revision, path) => below(revision, path).map(([file, content]) => ({ path: file, blob: `blob of ${content}` })),
    read: (revision, path) => filesAt.get(revision)?.get(path) ?? "",
    isAncestor: (ancestor, revision) => ids.includes(ancestor) && ids.indexOf(ancestor) <= ids.indexOf(revision),
  };
}
