import type { GitRepository } from "../git/git-repository.ts";

/** What is asked of a clone to tell its history; tests hand in real ones. */
export type HistoryGit = Pick<GitRepository, "log" | "read" | "tree" | "commit" | "folder">;
