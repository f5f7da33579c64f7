import { existsSync } from "node:fs";
import { join } from "node:path";
import type { GitRepository } from "./git-repository.ts";

/** Something that git has begun in a clone and not ended. */
export interface Operation {
  readonly name: "merge" | "rebase" | "cherry-pick" | "revert";
  /** What ends it, once everything is resolved. */
  readonly goOn: string;
}

/** By what lies in git's own folder; a rebase goes first, because it picks commits. */
const operations: readonly (Operation & { readonly files: readonly string[] })[] = [
  { name: "rebase", files: ["rebase-merge", "rebase-apply"], goOn: "git rebase --continue" },
  { name: "merge", files: ["MERGE_HEAD"], goOn: "git merge --continue" },
  { name: "cherry-pick", files: ["CHERRY_PICK_HEAD"], goOn: "git cherry-pick --continue" },
  { name: "revert", files: ["REVERT_HEAD"], goOn: "git revert --continue" },
];

/** The merge, or whatever else, that is under way in a clone. */
export function operationUnderWay(git: GitRepository): Operation | undefined {
  const directory = git.directory();
  return operations.find(({ files }) => files.some((file) => existsSync(join(directory, file))));
}
