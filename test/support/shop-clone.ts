import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import process from "node:process";
import type { Definitions } from "../../lib/definition/definitions.ts";
import { markerContent, markerPath } from "../../lib/synth/plan-changes.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { bookshopFiles } from "../fixtures/bookshop/render.ts";
import { type Outcome, type Surroundings, TemporaryShop } from "./temporary-shop.ts";
import { withEnvironment } from "./with-environment.ts";

/** The git of tests: in plain words, and whatever the person who runs them has configured. */
export const ownGit = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", LC_ALL: "C" };

/** Who commits where a test does not say. */
const somebody = { name: "Alice Reader", email: "alice@paperback.example" };

/** What a commit of a test says other than the rest. */
export interface CommitOptions {
  /** When, for author and committer: `2026-03-01T09:00:00Z`. @default a minute after the last one */
  readonly at?: string;
  /** @default Alice Reader */
  readonly author?: { readonly name: string; readonly email: string };
}

/** A bare repository with the bookshop in it, as files by path; made once a process, because that takes as long as fifty commits. */
let template: ReadonlyMap<string, Buffer> | undefined;

/**
 * The bookshop's project in a clone of a bare repository (remote `origin`), with pins, ciphertexts and generated files committed and pushed on
 * the branch that the bookshop's Argo CD follows: `trunk`.
 */
export class ShopClone extends TemporaryShop {
  /** The bare repository's folder. */
  readonly origin: string;
  /** The branch that Argo CD follows. */
  readonly branch = bookshop.repository.branch;
  /** The first commit: everything generated. */
  readonly first: string;
  readonly #clock: { minutes: number };
  readonly #more: TemporaryShop[] = [];

  /** A fresh bare repository with a clone of it, or another clone of one that is there. */
  constructor(of?: ShopClone) {
    super();
    this.origin = of?.origin ?? realpathSync(mkdtempSync(join(tmpdir(), "keelson-origin-")));
    this.#clock = of === undefined ? { minutes: 0 } : of.#clock;
    if (of === undefined) writeAll(this.origin, (template ??= makeTemplate(this.root)));
    rmSync(this.root, { recursive: true });
    const settings = [`user.name=${somebody.name}`, `user.email=${somebody.email}`].flatMap((setting) => ["--config", setting]);
    runGit(tmpdir(), ["clone", "--quiet", "--template=", ...settings, this.origin, this.root]);
    this.first = this.git("rev-list", "--max-parents=0", "HEAD");
  }

  /** Another clone of the same bare repository, as somebody else has it; goes with this one. */
  another(): ShopClone {
    const clone = new ShopClone(this);
    this.#more.push(clone);
    return clone;
  }

  /** Runs git in the clone. @returns what it printed, without the last newline */
  git(...args: readonly string[]): string {
    return runGit(this.root, args);
  }

  /** Runs a command line in this folder, in this process, with the git of tests. */
  override run(argv: readonly string[], world: Surroundings = {}): Promise<Outcome> {
    return withEnvironment(ownGit, () => super.run(argv, world));
  }

  /** Writes a file, new or not, with the folders above it; `undefined` removes it. */
  put(path: string, content: string | undefined): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (content === undefined) rmSync(file);
    else writeFileSync(file, content);
  }

  /** Brings the generated files up to date with the pins, as `keelson synth` does. */
  async synth(definitions: Definitions = bookshop): Promise<void> {
    const { exitCode, stderr } = await this.run(["synth"], { definitions });
    if (exitCode !== 0) throw new Error(stderr);
  }

  /** Commits everything that differs, or nothing at all. @param message - with body and trailers, as git takes it. @returns the commit's id */
  commit(message: string, options: CommitOptions = {}): string {
    this.git("add", "--all");
    runGit(this.root, ["commit", "--quiet", "--allow-empty", `--message=${message}`], this.#says(options));
    return this.head();
  }

  /** Merges a branch into the one checked out, always by a commit of its own. @returns its id */
  merge(branch: string, message = `Merge branch '${branch}'`, options: CommitOptions = {}): string {
    runGit(this.root, ["merge", "--quiet", "--no-ff", `--message=${message}`, branch], this.#says(options));
    return this.head();
  }

  /** Pushes the branch that is checked out. */
  push(): void {
    this.git("push", "--quiet", "origin", "HEAD");
  }

  /** Takes what was pushed. */
  pull(): void {
    this.git("pull", "--quiet", "--ff-only", "origin", this.branch);
  }

  /** The commit that is checked out. */
  head(): string {
    return this.git("rev-parse", "HEAD");
  }

  /** The commit that a branch of the bare repository stands at; `undefined` where it has none of that name. */
  pushed(branch: string = this.branch): string | undefined {
    const [id = ""] = this.git("ls-remote", "origin", `refs/heads/${branch}`).split("\t");
    return id === "" ? undefined : id;
  }

  override remove(): void {
    for (const clone of this.#more) clone.remove();
    super.remove();
    rmSync(this.origin, { recursive: true, force: true });
  }

  #says({ at = this.#nextMinute(), author = somebody }: CommitOptions): NodeJS.ProcessEnv {
    return saying(author, at);
  }

  #nextMinute(): string {
    const start = Date.parse("2026-03-01T09:00:00Z");
    return new Date(start + 60_000 * this.#clock.minutes++).toISOString();
  }
}

/** @returns what it printed, without the last newline */
function runGit(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const printed = execFileSync("git", args, {
    cwd: folder,
    env: { ...process.env, ...ownGit, ...env },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 1 << 26,
  });
  return printed.replace(/\n$/, "");
}

/** @param project - the bookshop's, nothing generated yet */
function makeTemplate(project: string): ReadonlyMap<string, Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "keelson-template-"));
  const { branch, output } = bookshop.repository;
  try {
    cpSync(project, join(folder, "work"), { recursive: true });
    writeAll(join(folder, "work", output), new Map([[markerPath, markerContent], ...bookshopFiles()]));
    const work = (...args: readonly string[]): string => runGit(join(folder, "work"), args, saying(somebody, "2026-03-01T08:59:00Z"));
    work("init", "--quiet", "--template=", `--initial-branch=${branch}`);
    work("add", "--all");
    work("commit", "--quiet", "--message=feat: the bookshop");
    runGit(folder, ["clone", "--quiet", "--bare", "--no-local", "--template=", "work", "bare"]);
    runGit(join(folder, "bare"), ["remote", "remove", "origin"]);
    return filesBelow(join(folder, "bare"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function filesBelow(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  // without its folder of references git takes it for none of its own
  return new Map([["refs/heads/.keep", Buffer.alloc(0)], ...paths.map((path) => [path, readFileSync(join(folder, path))] as const)]);
}

function writeAll(folder: string, files: ReadonlyMap<string, string | Buffer>): void {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

function saying({ name, email }: typeof somebody, at: string): NodeJS.ProcessEnv {
  return {
    GIT_AUTHOR_DATE: at,
    GIT_COMMITTER_DATE: at,
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
}
