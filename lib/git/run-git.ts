import { spawnSync, type SpawnSyncReturns } from "node:child_process";
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
 * Runs git to its end, in its own words whatever the language of the machine.
 *
 * @returns how it ended; `status` is `null` where it did not answer in time
 * @throws UserError when git is not installed
 */
export function spawnGit(args: readonly string[], { folder, timeout, env: more, input }: GitCall): SpawnSyncReturns<string> {
  const result = spawnSync("git", args, {
    cwd: folder,
    env: { ...env, LC_ALL: "C", ...more },
    ...(timeout !== undefined && { timeout }),
    ...(input !== undefined && { input }),
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  if (result.error === undefined) return result;
  if ("code" in result.error && result.error.code === "ETIMEDOUT") return result;
  if ("code" in result.error && result.error.code === "ENOENT")
    throw new UserError("git is not installed", { hint: "install it, and have it on the PATH", cause: result.error });
  throw result.error;
}

/** What git printed; throws git's own words when it says no. */
export function runGit(args: readonly string[], call: GitCall): string {
  const { status, stdout, stderr } = spawnGit(args, call);
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr.trimEnd()}`);
  return stdout;
}
