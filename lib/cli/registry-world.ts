import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import type { RegistryAnswer, RegistryRequest, RegistryWorld } from "../container-registry/registry-world.ts";
import { UserError } from "../errors/user-error.ts";
import type { Io } from "./io.ts";

/** The most that is read of an answer, in bytes; a manifest may have four million. */
const mostBytes = 8 * 1024 * 1024;

/** What can be set differently. */
export interface RegistryWorldOptions extends Pick<Io, "sleep" | "now" | "interrupt"> {
  /** Milliseconds for one exchange. @default 30000 */
  readonly timeout?: number;
  /** Where the variables are read. @default this process' own */
  readonly env?: NodeJS.ProcessEnv;
}

/** Container registries as this process reaches them, with the credentials of the person's Docker configuration. */
export function registryWorld({ sleep, now, interrupt, timeout = 30_000, env = process.env }: RegistryWorldOptions): RegistryWorld {
  return {
    exchange: (request) => exchange(request, AbortSignal.any([interrupt, AbortSignal.timeout(timeout)])),
    dockerConfig: () => {
      const path = join(env.DOCKER_CONFIG ?? join(homedir(), ".docker"), "config.json");
      return { path, text: existsSync(path) ? readFileSync(path, "utf8") : undefined };
    },
    askHelper: async (program, server) => {
      try {
        return await askHelper(program, server, env, AbortSignal.any([interrupt, AbortSignal.timeout(timeout)]));
      } catch (error) {
        interrupt.throwIfAborted();
        throw new UserError(`'${program}' cannot be run, or does not end`, { cause: error });
      }
    },
    sleep,
    millisecondsUntil: (date) => Date.parse(date) - now().getTime(),
    unusedProxy: unusedProxy(env),
  };
}

async function exchange({ method, url, headers, body }: RegistryRequest, signal: AbortSignal): Promise<RegistryAnswer> {
  const response = await fetch(url, {
    method,
    // digests are of the bytes as they are
    headers: { "accept-encoding": "identity", "user-agent": "keelson", ...headers },
    redirect: "manual",
    signal,
    ...(body !== undefined && { body }),
  });
  return { status: response.status, header: (name) => response.headers.get(name) ?? undefined, body: await bytesOf(response) };
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    // cut: whatever it is, it is no manifest
    if (length > mostBytes) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function askHelper(
  program: string,
  server: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<{ readonly exitCode: number; readonly stdout: string } | undefined> {
  const child = spawn(program, ["get"], { env, signal, stdio: ["pipe", "pipe", "ignore"] });
  const ended = new Promise<number | undefined>((resolve, reject) => {
    child.once("close", (code) => {
      resolve(code ?? -1);
    });
    child.once("error", (error) => {
      if ("code" in error && error.code === "ENOENT") resolve(undefined);
      else reject(error);
    });
  });
  // it may know the answer without reading the question
  child.stdin.on("error", () => undefined);
  child.stdin.end(`${server}\n`);
  const [exitCode, stdout] = await Promise.all([ended, text(child.stdout)]);
  return exitCode === undefined ? undefined : { exitCode, stdout };
}

/** The variable that names a proxy, where this Node was not told to use it, or cannot. */
function unusedProxy(env: NodeJS.ProcessEnv): string | undefined {
  const knows = process.allowedNodeEnvironmentFlags.has("--use-env-proxy");
  if (knows && (env.NODE_USE_ENV_PROXY === "1" || process.execArgv.includes("--use-env-proxy"))) return undefined;
  return ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"].find((name) => env[name]);
}
