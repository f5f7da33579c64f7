import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { buffer } from "node:stream/consumers";
import { bundleProgram } from "./bundle-program.ts";
import { devPins } from "./dev-services.ts";
import { projectRoot } from "./project-copy.ts";
import { ownGit } from "./shop-clone.ts";

/** How a process of the program ended. */
export interface ProcessOutcome {
  /** `null` where a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program, built once, in clones of bare repositories that hold a project of generated services: for tests that need processes of their own. */
export class ProgramClones {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "keelson-program-")));
  readonly #size: number;

  /** @param size - how many services; pins, and what is rendered from them, are committed and pushed */
  constructor(size: number) {
    this.#size = size;
    bundleProgram("test/support/bench-program.ts", this.file("program/main.mjs"));
    mkdirSync(this.file("first/origin"), { recursive: true });
    this.git("first/origin", "init", "--quiet", "--bare", "--template=", "--initial-branch=main");
    mkdirSync(this.file("first/clone"));
    this.git("first/clone", "init", "--quiet", "--template=", "--initial-branch=main");
    this.#equip("first/clone");
    for (const [path, text] of new Map([[".gitignore", "build/\nlib/\n"], ...devPins(size)])) {
      mkdirSync(dirname(this.file(`first/clone/${path}`)), { recursive: true });
      writeFileSync(this.file(`first/clone/${path}`), text);
    }
    const program = this.file("first/clone/build/cli/main.mjs");
    execFileSync(process.execPath, [program, "synth"], { env: this.#env(), stdio: ["ignore", "ignore", "inherit"] });
    this.git("first/clone", "add", "--all");
    this.git("first/clone", "commit", "--quiet", "--message=feat: everything");
    this.git("first/clone", "remote", "add", "origin", "../origin");
    this.git("first/clone", "push", "--quiet", "--set-upstream", "origin", "main");
    this.git("first/clone", "gc", "--quiet");
  }

  /** From this helper's own folder. */
  file(path: string): string {
    return join(this.folder, path);
  }

  /** The bare repository and its clone once more, as they were at first: `<name>/origin` and `<name>/clone`. */
  copy(name: string): void {
    cpSync(this.file("first"), this.file(name), { recursive: true, verbatimSymlinks: true });
  }

  /** One more clone of the first bare repository. */
  clone(path: string): void {
    this.git("first", "clone", "--quiet", "--template=", "origin", this.file(path));
    this.git(path, "remote", "set-url", "origin", this.file("first/origin"));
    this.#equip(path);
  }

  /** Starts the program in a clone and waits for its end. */
  async keelson(clone: string, argv: readonly string[], killAt?: number): Promise<ProcessOutcome> {
    const preload = killAt === undefined ? [] : ["--import", join(projectRoot, "test/support/kill-at.mjs")];
    const child = spawn(process.execPath, [...preload, this.file(`${clone}/build/cli/main.mjs`), ...argv], {
      cwd: this.file(clone),
      env: { ...this.#env(), KILL_AT: String(killAt) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = once(child, "close") as Promise<[number | null]>;
    const [stdout, stderr, [exitCode]] = await Promise.all([buffer(child.stdout), buffer(child.stderr), ended]);
    return { exitCode, stdout: stdout.toString(), stderr: stderr.toString() };
  }

  /** Runs git in a folder. @returns what it printed, without the last newline */
  git(path: string, ...args: readonly string[]): string {
    const printed = execFileSync("git", args, {
      cwd: this.file(path),
      env: this.#env(),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 1 << 26,
    });
    return printed.replace(/\n$/, "");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #equip(clone: string): void {
    this.git(clone, "config", "user.name", "Pipeline");
    this.git(clone, "config", "user.email", "pipeline@bench.example");
    mkdirSync(this.file(`${clone}/build/cli`), { recursive: true });
    cpSync(this.file("program/main.mjs"), this.file(`${clone}/build/cli/main.mjs`));
    // compiled schemas are loaded when they are needed, by this name
    writeFileSync(this.file(`${clone}/build/cli/package.json`), '{ "type": "module", "imports": { "#schemas/*": "./schemas/*.cjs" } }\n');
    // what a restart starts
    mkdirSync(this.file(`${clone}/lib/cli`), { recursive: true });
    writeFileSync(this.file(`${clone}/lib/cli/keelson.mjs`), 'await import("../../build/cli/main.mjs");\n');
    symlinkSync(join(projectRoot, "lib/schema/generated"), this.file(`${clone}/build/cli/schemas`), "dir");
  }

  #env(): NodeJS.ProcessEnv {
    // what a killed process leaves in the temporary folder goes with this helper
    return { PATH: process.env.PATH, TMPDIR: this.folder, SERVICES: String(this.#size), ...ownGit };
  }
}
