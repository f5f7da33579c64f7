import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { existsSync } from "node:fs";
import { env } from "node:process";
import { UserError } from "../errors/user-error.ts";

/** What a call of git is given beside its arguments. */
export interface GitCall {
  /** Where it runs. */
  readonly folder: string;
  /** In milliseconds. @default as long as it takes */
  readonly timeout?: number;
  /** Beside the program's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input. @default none */
  readonly input?: string;
}

/**
 * What names a repository in place of the folder that git runs in: hooks, and jobs of CI, have it set for a repository of their own. What
 * configures git (`GIT_CONFIG_…`, `GIT_SSH_COMMAND`) is the caller's, and stays.
 *
 * @see https://git-scm.com/docs/git-rev-parse#Documentation/git-rev-parse.txt---local-env-vars
 */
const foreign = [
  "GIT_DIR",
  "GIT_COMMON_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_NAMESPACE",
  "GIT_PREFIX",
  "GIT_SHALLOW_FILE",
  "GIT_GRAFT_FILE",
  "GIT_LITERAL_PATHSPECS",
  "GIT_GLOB_PATHSPECS",
  "GIT_NOGLOB_PATHSPECS",
  "GIT_ICASE_PATHSPECS",
];

/** The environment that git runs in: in plain words, and with no other repository than that of its folder. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  return { ...Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.includes(name))), LC_ALL: "C" };
}

/**
 * Runs git to its end, in its own words whatever the language of the machine.
 *
 * @returns how it ended; `status` is `null` where it did not answer in time
 * @throws UserError when the folder is not there, or git is not installed
 */
export function spawnGit(args: readonly string[], { folder, timeout, env: more, input }: GitCall): SpawnSyncReturns<string> {
  const result = spawnSync("git", args, {
    cwd: folder,
    env: { ...gitEnvironment(), ...more },
    ...(timeout !== undefined && { timeout }),
    ...(input !== undefined && { input }),
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  if (result.error === undefined) return result;
  if ("code" in result.error && result.error.code === "ETIMEDOUT") return result;
  if ("code" in result.error && result.error.code === "ENOENT") {
    // the system says the same of both
    if (!existsSync(folder)) throw new UserError(`there is no folder '${folder}'`, { cause: result.error });
    throw new UserError("git is not installed", { hint: "install it, and have it on the PATH", cause: result.error });
  }
  throw result.error;
}

/** What git printed; throws git's own words when it says no. */
export function runGit(args: readonly string[], call: GitCall): string {
  const { status, stdout, stderr } = spawnGit(args, call);
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr.trimEnd()}`);
  return stdout;
}
