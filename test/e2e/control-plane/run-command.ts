import { spawn } from "node:child_process";
import process from "node:process";

/** How a command is run. */
export interface CommandOptions {
  readonly cwd?: string;
  /** @default this process' own */
  readonly env?: NodeJS.ProcessEnv;
  /** What it reads from its standard input. @default nothing */
  readonly input?: string;
}

/** How a program ended, and what it printed. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end, whatever its exit code.
 *
 * @throws Error when it is not there, or a signal ended it
 */
export function outcomeOf(program: string, args: readonly string[], options: CommandOptions = {}): Promise<Outcome> {
  const { cwd, env = process.env, input = "" } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: "pipe" });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    child.once("error", reject);
    // it may end before it has read everything: its exit code tells
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
    child.once("close", (exitCode, signal) => {
      const [stdout, stderr] = [Buffer.concat(output).toString(), Buffer.concat(errors).toString()];
      if (exitCode === null) reject(failure(program, args, String(signal), { stdout, stderr }));
      else resolve({ exitCode, stdout, stderr });
    });
  });
}

/**
 * Runs a program to its end and gives what it printed.
 *
 * @throws Error with the program's standard error when it fails or is not there
 */
export async function runCommand(program: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const outcome = await outcomeOf(program, args, options);
  if (outcome.exitCode !== 0) throw failure(program, args, `exit code ${outcome.exitCode}`, outcome);
  return outcome.stdout;
}

function failure(program: string, args: readonly string[], end: string, { stdout, stderr }: Omit<Outcome, "exitCode">): Error {
  return new Error(`${program} ${args.join(" ")}: ${end}\n${stderr.trim() || stdout.trim()}`);
}
