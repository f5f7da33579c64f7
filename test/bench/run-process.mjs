import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";
import process from "node:process";

/** Aborted when the bench is: a process that went on would write into a folder that is being removed. */
export const stop = new AbortController();

/**
 * Runs a whole node process and measures it from outside.
 *
 * @param {readonly string[]} args what follows on `node`
 * @param {{ keepOutput?: boolean }} options `keepOutput`: return what it prints; without, it prints into nothing
 * @returns {Promise<{ seconds: number, stdout: string, stderr: string }>}
 * @throws Error when it does not end with 0
 */
export function runProcess(args, { keepOutput = false } = {}) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, args, {
      stdio: ["ignore", keepOutput ? "pipe" : "ignore", "pipe"],
      signal: stop.signal,
      killSignal: "SIGKILL",
    });
    let seconds = 0;
    let stdout = "";
    let stderr = "";
    child.stdout?.on("data", (text) => (stdout += text));
    child.stderr.on("data", (text) => (stderr += text));
    child.on("error", reject);
    child.on("exit", () => (seconds = (performance.now() - start) / 1000));
    child.on("close", (code, signal) => {
      if (code === 0) resolve({ seconds, stdout, stderr });
      else reject(new Error(`'node ${args.join(" ")}' ended with ${signal ?? code}:\n${stderr}`));
    });
  });
}
