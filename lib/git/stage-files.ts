import { UserError } from "../errors/user-error.ts";
import { gitReason } from "./git-reason.ts";
import type { GitRepository } from "./git-repository.ts";
import { spawnGit } from "./run-git.ts";

/**
 * Stages files and folders as they lie in the clone, with what was removed from them; what was in conflict there is resolved with that.
 *
 * @param paths - from the clone's top
 * @throws UserError when git refuses, as while another one is at work
 */
export function stageFiles({ folder }: GitRepository, paths: readonly string[]): void {
  const { status, stderr } = spawnGit(["--literal-pathspecs", "add", "--all", "--", ...paths], { folder });
  if (status !== 0) throw new UserError(`git cannot stage what was written: ${gitReason(stderr)}`, { hint: "run this again" });
}
