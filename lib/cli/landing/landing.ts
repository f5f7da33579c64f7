import type { Definitions } from "../../definition/definitions.ts";
import type { GitRepository } from "../../git/git-repository.ts";
import type { CommitMessage } from "../../history/commit-message.ts";
import type { Issue } from "../../manifest/issue.ts";
import type { FileChange } from "../../synth/plan-changes.ts";
import type { Io } from "../io.ts";
import type { ProjectFiles } from "../project-files.ts";
import type { LandingOptions } from "./landing-options.ts";

/** What a command wants to change in the files that programs write. */
export interface RepositoryEdit {
  /**
   * The whole new text, by path from the project's root; `undefined` for a file that is to go. Files of `dist/` follow by themselves. Without a
   * commit they are written one by one in this order: a file last that decides whether there is anything to do, so that a killed run is repeated.
   */
  readonly files: ReadonlyMap<string, string | undefined>;
  readonly message: CommitMessage;
  /**
   * What becomes of the files of `dist/`, where the edit changes definitions too, and a process with those has rendered and checked them.
   * @default what this process renders from the files
   */
  readonly rendered?: readonly FileChange[];
  /**
   * What may change by a reviewed pull request only, for the message: `'shop' in 'production'`. The edit is then never pushed to the branch
   * that Argo CD follows.
   * @default nothing
   */
  readonly needsReview?: string;
}

/** What an edit starts from. */
export interface EditBase {
  readonly project: ProjectFiles;
  /** The clone; `undefined` where the project lies in none, and nothing is to be committed. */
  readonly git: GitRepository | undefined;
}

/** An edit, and whatever the command wants to tell of it afterwards. */
export interface PlannedEdit<T> {
  /** `undefined`: nothing is to change. */
  readonly edit: RepositoryEdit | undefined;
  readonly value: T;
}

/** What is to land: the same for every way there. */
export interface LandingJob<T> {
  readonly definitions: Definitions;
  /** Called again after each lost race; must not write anything. */
  readonly plan: (base: EditBase) => PlannedEdit<T> | Promise<PlannedEdit<T>>;
  readonly options: LandingOptions;
  readonly io: Io;
}

/** How a landing ended: by this process, or by a new one. */
export type Landing<T> = Landed<T> | Restarted;

/** What this process did. */
export interface Landed<T> {
  /** `nothing`: all is as wanted already; `invalid`: rules find errors, nothing was written. */
  readonly outcome: "nothing" | "written" | "committed" | "pushed" | "branched" | "invalid";
  readonly value: T;
  /** The new commit; of `branched` the one that the branch stands at. */
  readonly commit: string | undefined;
  /** What changed below the output folder. */
  readonly changes: readonly FileChange[];
  readonly issues: readonly Issue[];
  /** How often it was planned: more than once where somebody else pushed in between. */
  readonly attempts: number;
  readonly exitCode: number;
  /** Of `branched`: where a pull request is opened, as far as the remote's address tells. */
  readonly review?: string;
}

/** The program itself had changed under this process, and a new one did the work, and told of it. */
export interface Restarted {
  readonly outcome: "restarted";
  readonly exitCode: number;
}
