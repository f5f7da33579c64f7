import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { ownGit } from "./shop-clone.ts";

/** A repository that images are built from: `origin`, bare, and clones of it. */
export class SourceRepository {
  readonly #folder = realpathSync(mkdtempSync(join(tmpdir(), "keelson-source-")));
  readonly origin = join(this.#folder, "origin.git");
  /** The clone that commits are made in. */
  readonly work = join(this.#folder, "work");
  #count = 0;

  constructor() {
    this.git(this.#folder, "init", "--quiet", "--bare", "--initial-branch=main", this.origin);
    this.git(this.origin, "config", "uploadpack.allowAnySHA1InWant", "true");
    this.git(this.#folder, "clone", "--quiet", this.origin, this.work);
    this.git(this.work, "checkout", "--quiet", "-b", "main");
  }

  /** Commits something new on the branch that is checked out in `work`. @returns its id */
  commit(): string {
    this.#count++;
    writeFileSync(join(this.work, `file-${this.#count}.txt`), `${this.#count}\n`);
    this.git(this.work, "add", "--all");
    this.git(this.work, ...identity, "commit", "--quiet", `--message=feat: ${this.#count}`);
    return this.head();
  }

  /** Goes to a branch, new or not. @param from - where a new one begins */
  switch(branch: string, from?: string): void {
    this.git(this.work, "switch", "--quiet", ...(from === undefined ? [branch] : ["--create", branch, from]));
  }

  /** Merges a branch into the one checked out in `work`. @returns the merge's id */
  merge(branch: string): string {
    this.git(this.work, ...identity, "merge", "--quiet", "--no-ff", `--message=Merge ${branch}`, branch);
    return this.head();
  }

  push(...refs: readonly string[]): void {
    this.git(this.work, "push", "--quiet", "origin", ...(refs.length === 0 ? ["--all"] : refs));
  }

  /** Another clone, as a pipeline has it. @param options - of `git clone`: `--depth=1` @returns its folder */
  clone(...options: readonly string[]): string {
    const folder = mkdtempSync(join(this.#folder, "clone-"));
    this.git(this.#folder, "clone", "--quiet", ...options, `file://${this.origin}`, folder);
    return folder;
  }

  head(folder = this.work): string {
    return this.git(folder, "rev-parse", "HEAD");
  }

  /** Runs git somewhere. @returns what it printed, without the last newline */
  git(folder: string, ...args: readonly string[]): string {
    const printed = execFileSync("git", args, {
      cwd: folder,
      env: { ...process.env, ...ownGit },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    return printed.replace(/\n$/, "");
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const identity = ["-c", "user.name=Alice Reader", "-c", "user.email=alice@paperback.example"];
