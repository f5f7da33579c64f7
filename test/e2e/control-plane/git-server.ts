import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { runCommand } from "./run-command.ts";
import type { Run } from "./run.ts";
import { writePrivateFile } from "./write-private-file.ts";

/** Bare repositories over smart HTTP, as a Git host has them. */
export interface GitServer {
  readonly credentials: { readonly username: string; readonly password: string };
  /** The address Argo CD clones, `http://127.0.0.1:<port>/<name>.git`, without credentials. */
  url(name: string): string;
  /** Makes an empty bare repository with branch main. */
  createRepository(name: string): Promise<void>;
  /** The folder of the bare repository, for direct reads by tests. */
  folder(name: string): string;
}

/** The file of a run with the address and the credentials, as Git's own helper `store` reads them. */
export const gitCredentialsFile = "git-credentials";

const projectFolder = resolve(import.meta.dirname, "../../..");

/**
 * Starts a Git server, with credentials made for this run.
 *
 * @param address - where it listens, and by which it is reached; @default loopback
 */
export async function startGitServer(run: Run, address = "127.0.0.1"): Promise<GitServer> {
  const [port = 0] = await run.claimPorts(1);
  const credentials = { username: "keelson", password: randomBytes(24).toString("hex") };
  const host = `${address.includes(":") ? `[${address}]` : address}:${port}`;
  writePrivateFile(run.path(gitCredentialsFile), `http://${credentials.username}:${credentials.password}@${host}\n`);
  const root = run.makeFolder("git");
  run.start({
    name: "git-server",
    program: process.execPath,
    args: ["--import", "tsx", join(import.meta.dirname, "git-http.ts"), root, run.path(gitCredentialsFile), address],
    // where tsx is installed
    cwd: projectFolder,
  });
  const base = `http://${host}`;
  await run.waitFor("the Git server answers", async () => (await fetch(base)).status === 401);
  const folder = (name: string): string => join(root, `${name}.git`);
  return {
    credentials,
    folder,
    url: (name) => `${base}/${name}.git`,
    createRepository: async (name) => {
      mkdirSync(folder(name), { recursive: true });
      await runCommand("git", ["init", "--quiet", "--bare", "--initial-branch=main", folder(name)]);
      await runCommand("git", ["-C", folder(name), "config", "http.receivepack", "true"]);
    },
  };
}
