import { existsSync, readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, relative, resolve } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline/promises";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { connect } from "../cluster/connect.ts";
import { UserError } from "../errors/user-error.ts";
import type { Io } from "./io.ts";
import { reportError } from "./report-error.ts";
import { run } from "./run.ts";

/** This file, or the bundle made of it: both lie two folders below the project's own. */
const program = fileURLToPath(import.meta.url);
const root = resolve(dirname(program), "../..");

for (const stream of [process.stdout, process.stderr]) {
  // a reader such as `head` that has seen enough is no mistake
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

const interruption = new AbortController();
// a second time ends the program at once, as without this
process.once("SIGINT", () => {
  interruption.abort(new UserError("interrupted"));
});

const io: Io = {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  root,
  workingFolder: process.cwd(),
  color: process.stderr.isTTY && !process.env.NO_COLOR,
  terminal: process.stdout.isTTY,
  now: () => new Date(),
  sleep: (milliseconds) => sleep(milliseconds, interruption.signal),
  interrupt: interruption.signal,
  ask,
  connect,
  originalPosition: originalPosition(program),
};

try {
  // here and not above: a mistake in a definition is told like every other
  const { clusterSystems, systems } = await import("../../apps/registry.ts");
  const { controlPlanes, environments } = await import("../../environments/registry.ts");
  const { organization } = await import("../../environments/organization.ts");
  const { repository } = await import("../../environments/repository.ts");
  const definitions = { organization, repository, systems, clusterSystems, environments, controlPlanes };
  process.exitCode = await run(definitions, process.argv.slice(2), io);
} catch (error) {
  process.exitCode = reportError(error, io);
}

async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

async function ask(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question, { signal: interruption.signal });
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
