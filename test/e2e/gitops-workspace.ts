import { execFileSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { env, execPath } from "node:process";
import { copyProject, projectRoot } from "../support/project-copy.ts";
import type { GitServer } from "./control-plane/git-server.ts";
import { type Outcome, outcomeOf } from "./control-plane/run-command.ts";

/** A clone in which people and CI change the GitOps repository: a copy of this project, its remote the local Git server. */
export interface GitOpsWorkspace {
  readonly folder: string;
  read(path: string): string;
  /** Replaces one text by another in a file that holds it. */
  edit(path: string, before: string, after: string): void;
  /** Writes a file as it is, as nobody should. */
  write(path: string, content: string): void;
  /** Moves an image pin, as CI would. */
  pin(environment: string, service: string, image: string): void;
  /** Runs `keelson`; does not throw when it exits with another code than 0. */
  keelson(args: readonly string[]): Promise<Outcome>;
  /** Writes what the definitions give. @throws Error with what it said when it cannot */
  synth(): Promise<void>;
  /** Synthesizes, commits everything and pushes. @returns the commit */
  release(message: string): Promise<string>;
  /** Commits everything as it is, and pushes. @returns the commit */
  push(message: string): string;
  /** Runs git, and gives what it printed. */
  git(...args: readonly string[]): string;
  readonly remove: () => void;
}

/** Which definitions the workspace holds. */
export interface WorkspaceOptions {
  /** A folder with `apps/` and `environments/` instead of the project's own. @default the shipped ones */
  readonly definitions?: string;
}

/** The small definitions of the scenarios. */
export const orchardDefinitions = join(import.meta.dirname, "fixture");

/** Makes a repository on the Git server, and a workspace whose definitions name it; nothing is pushed yet. */
export async function createWorkspace(
  server: GitServer,
  repository: string,
  { definitions }: WorkspaceOptions = {},
): Promise<GitOpsWorkspace> {
  await server.createRepository(repository);
  const copy = copyProject();
  const { folder } = copy;
  if (definitions !== undefined) {
    for (const part of ["apps", "environments"]) transplant(join(definitions, part), join(folder, part));
  }
  const read = (path: string): string => readFileSync(join(folder, path), "utf8");
  const write = (path: string, content: string): void => {
    writeFileSync(join(folder, path), content);
  };
  const git = (...args: readonly string[]): string =>
    execFileSync("git", args, { cwd: folder, encoding: "utf8", env: gitEnvironment(server), stdio: ["ignore", "pipe", "pipe"] });
  const edit = (path: string, before: string, after: string): void => {
    const content = read(path);
    if (!content.includes(before)) throw new Error(`'${path}' does not hold '${before}'`);
    write(path, content.replace(before, after));
  };
  const keelson = (args: readonly string[]): Promise<Outcome> =>
    outcomeOf(execPath, ["lib/cli/keelson.mjs", ...args], { cwd: folder, env: gitEnvironment(server) });
  const synth = async (): Promise<void> => {
    const { exitCode, stderr } = await keelson(["synth"]);
    if (exitCode !== 0) throw new Error(`synth exited with ${exitCode}: ${stderr}`);
  };
  const push = (message: string): string => {
    git("add", "--all");
    git("commit", "--quiet", "--message", message);
    git("push", "--quiet", "origin", "HEAD:main");
    return git("rev-parse", "HEAD").trim();
  };
  git("remote", "add", "origin", server.url(repository));
  const place = "environments/repository.ts";
  write(place, read(place).replace(/url: (["`]).*?\1/, `url: "${server.url(repository)}"`));
  return {
    folder,
    read,
    write,
    edit,
    git,
    keelson,
    synth,
    push,
    pin: (environment, service, image) => {
      const file = `environments/${environment}/images.yaml`;
      const line = read(file)
        .split("\n")
        .find((candidate) => candidate.startsWith(`${service}: `));
      edit(file, line ?? `${service}: `, `${service}: ${image}`);
    },
    release: async (message) => {
      await synth();
      return push(message);
    },
    remove: copy.remove,
  };
}

/** Copies definitions to the top of a project: from there the way to `lib/` is shorter. */
function transplant(from: string, to: string): void {
  rmSync(to, { recursive: true });
  cpSync(from, to, { recursive: true });
  const deeper = "../".repeat(from.slice(projectRoot.length + 1).split("/").length - 1);
  for (const entry of readdirSync(to, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && file.endsWith(".ts")) writeFileSync(file, readFileSync(file, "utf8").replaceAll(`${deeper}lib/`, "lib/"));
  }
}

/** Nothing of the person's own settings. Credentials in the environment: neither on a command line nor in the clone's configuration. */
function gitEnvironment({ credentials }: GitServer): NodeJS.ProcessEnv {
  const token = Buffer.from(`${credentials.username}:${credentials.password}`).toString("base64");
  return {
    ...env,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_COUNT: "3",
    GIT_CONFIG_KEY_0: "http.extraHeader",
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${token}`,
    GIT_CONFIG_KEY_1: "user.name",
    GIT_CONFIG_VALUE_1: "grower",
    GIT_CONFIG_KEY_2: "user.email",
    GIT_CONFIG_VALUE_2: "grower@orchard.example",
  };
}
