import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { bundleProgram } from "../support/bundle-program.ts";
import { projectRoot } from "../support/project-copy.ts";

/** Beside definitions, what a GitOps repository needs to run Keelson and the kit. */
const needed = [".ci/kit", "package.json", "package-lock.json", ".gitignore", ".gitattributes"];

/** In the place of `lib/cli/keelson.mjs`, which would bundle what never changes here anew at every start. */
const starter = `import { cpSync } from "node:fs";
const program = new URL("../../build/cli/main.mjs", import.meta.url);
cpSync(process.env.FLORIST_PROGRAM, program);
await import(program.href);
`;

const fixture = join(projectRoot, "test/fixtures/florist");

/** How a script ended, and what it said. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A call of a program that would use the network. */
export interface Call {
  readonly program: string;
  readonly args: readonly string[];
  readonly input: string;
}

/**
 * The florist's GitOps repository as a bare one, an application's repository, and the scripts of the kit run for real: with git, node and Keelson.
 * What would use the network is a stand-in on the PATH, which records how it was called.
 */
export class FloristWorld {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "keelson-florist-")));
  /** The GitOps repository. */
  readonly hub = join(this.folder, "florist/gitops.git");
  /** The application's clone, with its history. */
  readonly source = join(this.folder, "florist/bouquet");
  /** A folder where a job starts. */
  readonly job = join(this.folder, "job");
  readonly #program = join(this.folder, "program/main.mjs");
  readonly #registry: Server;
  /** By `<name>:<tag>`: what the registry says. */
  readonly #digests = new Map<string, string>();
  #address = "";

  private constructor() {
    this.#registry = createServer(({ url = "" }, response) => {
      const [, name = "", tag = ""] = /^\/v2\/(.+)\/manifests\/(.+)$/.exec(url) ?? [];
      const digest = this.#digests.get(`${name}:${tag}`);
      response.writeHead(digest === undefined ? 404 : 200, {
        "content-type": "application/vnd.oci.image.index.v1+json",
        ...(digest !== undefined && { "docker-content-digest": digest }),
      });
      response.end();
    });
  }

  /** @param empty - without the GitOps repository, which takes a while to render. @default false */
  static async open({ empty = false } = {}): Promise<FloristWorld> {
    const world = new FloristWorld();
    await new Promise<void>((resolve) => {
      world.#registry.listen(0, "127.0.0.1", resolve);
    });
    const address = world.#registry.address();
    if (address === null || typeof address === "string") throw new Error("the registry listens nowhere");
    world.#address = `localhost:${address.port}/florist`;
    world.#standIns();
    try {
      if (!empty) await world.#publish();
    } catch (error) {
      // a registry that still listens would keep the run from ending
      world.close();
      throw error;
    }
    world.git(world.folder, "init", "--quiet", "--initial-branch=develop", world.source);
    mkdirSync(world.job);
    return world;
  }

  /** Where an image lies: `localhost:40123/florist/bouquet`. */
  image(service: string): string {
    return `${this.#address}/${service}`;
  }

  /** Puts an image into the registry. @returns its digest */
  pushImage(service: string, tag: string, digest: string): string {
    this.#digests.set(`florist/${service}:${tag}`, digest);
    return digest;
  }

  /** Commits to the application. @returns the commit */
  commitSource(text: string): string {
    writeFileSync(join(this.source, "Dockerfile"), `FROM scratch\n# ${text}\n`);
    this.git(this.source, "add", "--all");
    this.git(this.source, "commit", "--quiet", "--message", text);
    return this.git(this.source, "rev-parse", "HEAD");
  }

  /** Runs a script of the kit, as a job does that has none of it yet but the clone that `GITOPS_FOLDER` names, if any. */
  run(script: string, env: Readonly<Record<string, string>> = {}, ...args: readonly string[]): Promise<Outcome> {
    return this.exec(script.endsWith(".mjs") ? "node" : "bash", [join(projectRoot, ".ci/kit", script), ...args], env);
  }

  exec(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}, cwd = this.job): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const child = spawn(command, args, { cwd, env: { ...this.#env(), ...env }, stdio: ["ignore", "pipe", "pipe"] });
      let [stdout, stderr] = ["", ""];
      child.stdout.on("data", (data: Buffer) => (stdout += data.toString("utf8")));
      child.stderr.on("data", (data: Buffer) => (stderr += data.toString("utf8")));
      child.on("error", reject);
      child.on("close", (code) => {
        resolve({ exitCode: code ?? -1, stdout, stderr });
      });
    });
  }

  git(folder: string, ...args: readonly string[]): string {
    return execFileSync("git", args, { cwd: folder, env: this.#env(), encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trimEnd();
  }

  /** A pin as a branch of the GitOps repository has it. */
  pin(environment: string, service: string, branch = "main"): string {
    const text = this.git(this.hub, "show", `${branch}:environments/${environment}/images.yaml`);
    return (
      text
        .split("\n")
        .find((line) => line.startsWith(`${service}: `))
        ?.slice(service.length + 2) ?? ""
    );
  }

  /** The branches of the GitOps repository beside `main`. */
  branches(): string[] {
    const all = this.git(this.hub, "for-each-ref", "--format=%(refname:short)", "refs/heads");
    return all.split("\n").filter((branch) => branch !== "main");
  }

  /** What was called that would have used the network, in order. */
  calls(): Call[] {
    const folder = join(this.folder, "calls");
    const files = existsSync(folder) ? readdirSync(folder).sort() : [];
    return files.map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Call);
  }

  /** What a stand-in answers when the first argument of those of a call that is one of these keys is given; the last rule that fits counts. */
  answer(rules: Readonly<Record<string, string>>): void {
    writeFileSync(join(this.folder, "answers.json"), JSON.stringify(rules));
  }

  /** Back to the first commit, with nothing called and nothing built. */
  reset(): void {
    if (existsSync(this.hub)) this.#rewind();
    for (const part of ["calls", "job", "answers.json"]) rmSync(join(this.folder, part), { recursive: true, force: true });
    mkdirSync(this.job);
    this.#digests.clear();
  }

  #rewind(): void {
    for (const branch of this.branches()) this.git(this.hub, "branch", "--quiet", "-D", branch);
    this.git(this.hub, "update-ref", "refs/heads/main", "first");
  }

  close(): void {
    this.#registry.close();
    this.#registry.closeAllConnections();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The project with the florist's definitions, rendered and pushed. */
  async #publish(): Promise<void> {
    const project = join(this.folder, "project");
    mkdirSync(join(project, "lib/cli"), { recursive: true });
    for (const part of needed) cpSync(join(projectRoot, part), join(project, part), { recursive: true });
    for (const part of ["apps", "environments"]) cpSync(join(fixture, part), join(project, part), { recursive: true });
    writeFileSync(join(project, "lib/cli/keelson.mjs"), starter);
    mkdirSync(join(project, "lib/schema"));
    symlinkSync(join(projectRoot, "lib/schema/generated"), join(project, "lib/schema/generated"), "dir");
    bundleProgram("test/ci/florist-program.ts", this.#program);
    const pins = readdirSync(join(project, "environments")).map((name) => join(project, "environments", name, "images.yaml"));
    for (const file of [this.#program, ...pins.filter((path) => existsSync(path))]) {
      writeFileSync(file, readFileSync(file, "utf8").replaceAll("registry.florist.example/florist", this.#address));
    }
    this.git(project, "init", "--quiet", "--initial-branch=main");
    const synth = await this.exec("bash", ["-c", "npm ci && node lib/cli/keelson.mjs synth"], {}, project);
    if (synth.exitCode !== 0) throw new Error(`synth exited with ${synth.exitCode}: ${synth.stderr}`);
    this.git(project, "add", "--all");
    this.git(project, "commit", "--quiet", "--message", "feat: the florist");
    mkdirSync(join(this.folder, "florist"));
    this.git(this.folder, "clone", "--quiet", "--bare", project, this.hub);
    this.git(this.hub, "tag", "first");
    rmSync(join(this.folder, "calls"), { recursive: true });
  }

  #standIns(): void {
    const bin = join(this.folder, "bin");
    mkdirSync(bin);
    for (const name of ["gh", "curl", "kubectl", "docker", "cosign", "npm"]) {
      const file = join(bin, name);
      writeFileSync(file, `#!/usr/bin/env bash\nexec "${process.execPath}" "${join(projectRoot, "test/ci/stand-in.mjs")}" ${name} "$@"\n`);
      chmodSync(file, 0o755);
    }
    // the link that stands for installed packages is no folder, so the pattern `node_modules/` does not hide it
    writeFileSync(join(this.folder, "ignored"), "node_modules\n");
    writeFileSync(
      join(this.folder, "gitconfig"),
      `[core]\n  excludesFile = ${join(this.folder, "ignored")}\n[user]\n  name = Flora\n  email = flora@florist.example\n[uploadpack]\n  allowFilter = true\n`,
    );
  }

  /** Nothing of the person's own: neither git's settings nor what a pipeline that runs these tests has set. */
  #env(): NodeJS.ProcessEnv {
    const own = Object.entries(process.env).filter(([name]) => !/^(GIT|CI|RUNNER|GH|KUBE|npm)(_|$)|^(GITHUB|GITLAB|GITOPS)_/.test(name));
    return {
      ...Object.fromEntries(own),
      PATH: [join(this.folder, "bin"), process.env.PATH].join(delimiter),
      HOME: this.folder,
      GIT_CONFIG_GLOBAL: join(this.folder, "gitconfig"),
      GIT_CONFIG_NOSYSTEM: "1",
      STAND_INS: this.folder,
      NODE_MODULES: join(projectRoot, "node_modules"),
      FLORIST_PROGRAM: this.#program,
    };
  }
}
