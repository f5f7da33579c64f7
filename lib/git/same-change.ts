import type { GitRepository } from "./git-repository.ts";
import { plainPatch } from "./plain-patch.ts";
import { runGit } from "./run-git.ts";

/**
 * Whether two commits take out and put in the same lines of the same files, wherever those stand and whatever else their parents hold.
 *
 * @param except - a folder that does not count
 */
export function isSameChange(git: Pick<GitRepository, "folder">, one: string, other: string, except: string): boolean {
  return linesOf(git, one, except) === linesOf(git, other, except);
}

/** As bare lines, with the files they are of. */
function linesOf({ folder }: Pick<GitRepository, "folder">, commit: string, except: string): string {
  const paths = ["--", ":(top)", `:(top,exclude,literal)${except}`];
  const patch = runGit(["diff", ...plainPatch, "--unified=0", `${commit}^1`, commit, ...paths], { folder });
  return patch.replaceAll(/^(@@|index ).*\n/gm, "");
}
