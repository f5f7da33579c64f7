import type { GitRepository } from "./git-repository.ts";
import { runGit } from "./run-git.ts";

/** A file that git could not merge, by the ids of the contents it would have merged. */
export interface Conflict {
  /** From the clone's top. */
  readonly path: string;
  /** What both sides come from; `undefined` where both made the file. */
  readonly base: string | undefined;
  /** What is checked out; `undefined` where this side removed the file. */
  readonly ours: string | undefined;
  /** What is merged, or picked, into that; `undefined` where that side removed it. */
  readonly theirs: string | undefined;
}

/** Every file that is in conflict, by path. */
export function conflictsOf({ folder }: Pick<GitRepository, "folder">): Conflict[] {
  const sides = new Map<string, Map<string, string>>();
  for (const entry of runGit(["ls-files", "--unmerged", "-z", "--full-name"], { folder }).split("\0")) {
    // `<mode> <id> <stage>\t<path>`
    const [about = "", path] = entry.split("\t");
    const [, id = "", stage = ""] = about.split(" ");
    if (path !== undefined) sides.set(path, (sides.get(path) ?? new Map<string, string>()).set(stage, id));
  }
  return [...sides].map(([path, ids]) => ({ path, base: ids.get("1"), ours: ids.get("2"), theirs: ids.get("3") }));
}
