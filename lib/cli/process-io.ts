import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { constants } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline/promises";
import { buffer } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { connect } from "../cluster/connect.ts";
import type { Io } from "./io.ts";
import { registryWorld } from "./registry-world.ts";

/** This file, or the bundle that holds it: both lie two folders below the project's own. */
const program = fileURLToPath(import.meta.url);

/** The project's folder. */
export const root = resolve(dirname(program), "../..");

/**
 * The world as this process sees it.
 *
 * @param own - `stderr`: takes the talk, @default standard error; `interrupt`: @default never aborted
 */
export function processIo(own: Partial<Pick<Io, "stderr" | "interrupt">> = {}): Io {
  const { stderr = (text: string) => process.stderr.write(text), interrupt = new AbortController().signal } = own;
  return {
    stdout: (text) => process.stdout.write(text),
    stderr,
    root,
    workingFolder: process.cwd(),
    color: process.stderr.isTTY && !process.env.NO_COLOR,
    terminal: process.stdout.isTTY,
    now: () => new Date(),
    sleep: (milliseconds) => sleep(milliseconds, interrupt),
    interrupt,
    restart,
    ask: (question) => ask(question, interrupt),
    readInput: () => buffer(process.stdin),
    connect,
    registry: registryWorld({ interrupt, now: () => new Date(), sleep: (milliseconds) => sleep(milliseconds, interrupt) }),
    originalPosition: originalPosition(program),
  };
}

async function sleep(milliseconds: number, interrupt: AbortSignal): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, { signal: interrupt });
  } catch (error) {
    interrupt.throwIfAborted();
    throw error;
  }
}

/** By the project's own starter, which bundles anew. */
async function restart(): Promise<number> {
  const argv = [...process.execArgv, join(root, "lib/cli/keelson.mjs"), ...process.argv.slice(2)];
  const child = spawn(process.execPath, argv, { stdio: "inherit" });
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  // as a shell tells of a program that a signal ended
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

async function ask(question: string, interrupt: AbortSignal): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question, { signal: interrupt });
  } finally {
    terminal.close();
  }
}

/** Translates a position in the bundle into one in the sources, by the map that lies beside it; read only when somebody asks. */
function originalPosition(bundle: string): NonNullable<Io["originalPosition"]> {
  let map: SourceMap | undefined;
  return (file, line, column) => {
    if (file !== bundle || !existsSync(`${bundle}.map`)) return { file: relative(root, file), line };
    map ??= new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, "utf8")) as SourceMapPayload);
    const origin = map.findOrigin(line, column);
    return "fileName" in origin ? { file: relative(root, resolve(dirname(bundle), origin.fileName)), line: origin.lineNumber } : undefined;
  };
}
