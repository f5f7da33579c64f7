import type { GitRepository } from "../git/git-repository.ts";

/** What is asked of a clone to tell what an Application holds; tests hand in plain data. */
export type GitFacts = Pick<GitRepository, "commit" | "tree" | "files" | "read" | "isAncestor">;

/** The commit that Applications are held to, in a clone. */
export interface WantedCommit {
  readonly git: GitFacts;
  /** Its full id. */
  readonly revision: string;
}
