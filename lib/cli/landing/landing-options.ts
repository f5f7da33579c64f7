import { type Command, Option } from "commander";
import { repeatableOption } from "../common-options.ts";

/** How an edit reaches the repository. At most one of `commit`, `push` and `branch`; without any, files are written and nothing is committed. */
export interface LandingOptions {
  /** Make the commit. */
  readonly commit?: boolean;
  /** Make the commit and push it to the branch that Argo CD follows. */
  readonly push?: boolean;
  /** Make the commit and push it as this branch, for a pull request. */
  readonly branch?: string;
  /** @default "origin" */
  readonly remote?: string;
}

/** What a commit's trailers say beside what moved. */
export interface AttributionOptions {
  /** @default git's `user.name` */
  readonly actor?: string;
  /** The pipeline run. */
  readonly run?: string;
  /** Tickets. */
  readonly refs?: readonly string[];
  readonly breakingChange?: string;
}

/** `--commit`, `--push`, `--branch <name>`, `--remote <name>`, `--actor`, `--run <url>`, `--refs`, `--breaking-change`. */
export function addLandingOptions(command: Command): Command {
  return command
    .addOption(new Option("--commit", "commit the change on the branch that is checked out").conflicts(["push", "branch"]))
    .addOption(new Option("--push", "commit the change and push it to the branch that Argo CD follows").conflicts("branch"))
    .addOption(new Option("--branch <name>", "commit the change and push it as this branch, for a pull request"))
    .addOption(new Option("--remote <name>", "the remote to push to (default: origin)"))
    .addOption(new Option("--actor <who>", "who or what started it, for the commit (default: git's user.name)"))
    .addOption(new Option("--run <url>", "the pipeline run, for the commit"))
    .addOption(repeatableOption("--refs <ticket>", "a ticket, for the commit"))
    .addOption(new Option("--breaking-change <text>", "what breaks, in a sentence, for the commit"));
}
