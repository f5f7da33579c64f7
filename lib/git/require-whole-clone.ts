import { UserError } from "../errors/user-error.ts";
import type { GitRepository } from "./git-repository.ts";

/**
 * Makes sure that history is told from its beginning.
 *
 * @throws UserError for a shallow clone
 */
export function requireWholeClone(git: Pick<GitRepository, "isShallow">): void {
  if (!git.isShallow()) return;
  throw new UserError("this clone is shallow: its history ends before the beginning", {
    hint: "git fetch --unshallow; in GitHub Actions check out with `fetch-depth: 0`, in GitLab CI set GIT_DEPTH to 0",
  });
}
