import type { Commit } from "../git/commit.ts";
import type { GitRepository } from "../git/git-repository.ts";
import { unitFolders, type Units } from "./unit-objects.ts";

/**
 * The commits of the branch that changed the manifests of some units, newest first.
 *
 * @param since - the last one whose manifests were as wanted
 */
export function configCommits(git: Pick<GitRepository, "files" | "log">, units: Units, since: string): Commit[] {
  const folders = new Set([...unitFolders(git, since, units), ...unitFolders(git, "HEAD", units)]);
  return folders.size === 0 ? [] : git.log("HEAD", { firstParent: true, since, paths: [...folders] });
}
