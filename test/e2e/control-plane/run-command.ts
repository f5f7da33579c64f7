import { spawn } from "node:child_process";
import process from "node:process";

/** How a command is run. */
export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What it reads from its standard input. */
  readonly input?: string;
}

/**
 * Runs a program to its end and gives what it printed.
 *
 * @throws Error with the program's standard error when it fails or is not there
 */
export function runCommand(program: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
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
    child.once("close", (code, signal) => {
      if (code === 0) resolve(Buffer.concat(output).toString());
      else {
        const said = Buffer.concat(errors).toString().trim() || Buffer.concat(output).toString().trim();
        reject(new Error(`${program} ${args.join(" ")}: ${signal ?? `exit code ${String(code)}`}\n${said}`));
      }
    });
  });
}
