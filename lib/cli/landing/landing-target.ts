import { UserError } from "../../errors/user-error.ts";
import { requireCommittable } from "../../git/clone-state.ts";
import type { GitRepository } from "../../git/git-repository.ts";
import type { LandingJob } from "./landing.ts";

/** The branch that Argo CD follows, and where. */
export interface LandingTarget {
  /** A remote's name. */
  readonly remote: string;
  readonly branch: string;
  /** The remote's address. */
  readonly url: string;
}

/**
 * Where an edit goes that is pushed, from a clone that is in a state for it.
 *
 * @throws UserError when the clone is not, there is no such remote, or another branch is checked out
 */
export function landingTarget<T>(git: GitRepository, { definitions, options, io }: LandingJob<T>): LandingTarget {
  const { remote = "origin" } = options;
  const { branch } = definitions.repository;
  const url = git.remoteUrl(remote);
  if (url === undefined) {
    throw new UserError(`this clone has no remote '${remote}'`, { hint: "`git remote` lists them; name one by `--remote <name>`" });
  }
  const own = requireCommittable(git, io.root);
  if (own !== branch) {
    throw new UserError(`'${own}' is checked out, not '${branch}', which Argo CD follows`, { hint: `git switch ${branch}` });
  }
  return { remote, branch, url };
}
