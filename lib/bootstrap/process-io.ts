import { relative, resolve } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline/promises";
import { setTimeout } from "node:timers/promises";
import type { Io } from "../cli/io.ts";
import { connect } from "../cluster/connect.ts";

/** The project's folder. */
export const root = resolve(import.meta.dirname, "../..");

/** The world as this process sees it. @param write - takes the talk; @default standard error */
export function processIo(write: (text: string) => void = (text) => process.stderr.write(text)): Io {
  const interruption = new AbortController();
  return {
    stdout: (text) => process.stdout.write(text),
    stderr: write,
    root,
    workingFolder: process.cwd(),
    color: process.stderr.isTTY && !process.env.NO_COLOR,
    terminal: process.stdout.isTTY,
    now: () => new Date(),
    sleep: (milliseconds) => setTimeout(milliseconds),
    interrupt: interruption.signal,
    ask,
    connect,
    originalPosition: (file, line) => ({ file: relative(root, file), line }),
  };
}

async function ask(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}
