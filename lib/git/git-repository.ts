import { UserError } from "../errors/user-error.ts";
import { type Commit, type LogOptions, logArguments, logFormat, parseLog } from "./commit.ts";
import { gitReason } from "./git-reason.ts";
import { runGit, spawnGit } from "./run-git.ts";
import { unattended } from "./unattended.ts";

/** A file in a commit. */
export interface CommittedFile {
  /** From the repository's root. */
  readonly path: string;
  /** The id of its content. */
  readonly blob: string;
}

/** A local clone, asked through the `git` program. */
export class GitRepository {
  /** The clone's top folder. */
  readonly folder: string;
  /** What a commit holds never changes: one question for each, however many paths are asked about. */
  readonly #listings = new Map<string, Listing>();
  #directory: string | undefined;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Opens the clone that a folder lies in.
   *
   * @throws UserError when git is missing, or refuses the folder: it lies in no clone, or in somebody else's
   */
  static open(folder: string): GitRepository {
    const { status, stdout, stderr } = spawnGit(["rev-parse", "--show-toplevel"], { folder });
    if (status === 0) return new GitRepository(stdout.replace(/\n$/, ""));
    const [reason = ""] = stderr.split("\n");
    throw new UserError(`git cannot read '${folder}': ${reason.replace(/^fatal: /, "")}`, {
      hint: "run this in a clone of the GitOps repository",
    });
  }

  /**
   * The full id of a commit; `undefined` when this clone does not have it.
   *
   * @param revision - a commit, branch, tag, or any other name of one
   */
  commit(revision: string): string | undefined {
    if (this.#listings.has(revision)) return revision;
    return this.#ask("rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`)?.trimEnd();
  }

  /** The id of the tree (or content) at a path of a commit, of all of it at `""`: equal ids, equal files. `undefined` where nothing is, or no such commit. */
  tree(revision: string, path: string): string | undefined {
    if (path === "") return this.#ask("rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{tree}`)?.trimEnd();
    return this.#listing(revision)?.ids.get(path);
  }

  /** Every file below a path of a commit, by path. */
  files(revision: string, path: string): CommittedFile[] {
    return this.#listing(revision)?.files.filter((file) => file.path.startsWith(`${path}/`)) ?? [];
  }

  /**
   * Commits, newest first: the revision itself and what came before it.
   *
   * @throws Error when this clone does not have the revision
   */
  log(revision: string, options: LogOptions = {}): Commit[] {
    const args = ["log", "-z", `--format=${logFormat}`, ...logArguments(options), "--end-of-options", revision, "--"];
    return parseLog(runGit([...args, ...(options.paths ?? []).map(literal)], { folder: this.folder, env: { TZ: "UTC" } }));
  }

  /** Whether history ends before its beginning: commits are missing that were once made. */
  isShallow(): boolean {
    return this.#run("rev-parse", "--is-shallow-repository").trimEnd() === "true";
  }

  /** The branch that is checked out; `undefined` where HEAD is detached. */
  branch(): string | undefined {
    return this.#ask("symbolic-ref", "--quiet", "--short", "HEAD")?.trimEnd();
  }

  /** Where a remote is; `undefined` where there is none of that name. */
  remoteUrl(remote: string): string | undefined {
    return this.#ask("remote", "get-url", "--", remote)?.trimEnd();
  }

  /** The files that differ between two commits, from the repository's root. */
  changedFiles(from: string, to: string): string[] {
    return this.#run("diff", "--name-only", "--no-renames", "-z", from, to)
      .split("\0")
      .filter((path) => path !== "");
  }

  /**
   * A setting of git's own, as this clone sees it.
   *
   * @param type - `bool`: what git takes for one is told as `true` or `false`. @default as it was written
   */
  setting(name: string, type?: "bool"): string | undefined {
    return this.#ask("config", ...(type === undefined ? [] : [`--type=${type}`]), "--get", name)?.trimEnd();
  }

  /** Git's own folder for this working tree: its index, and what is under way. */
  directory(): string {
    this.#directory ??= this.#run("rev-parse", "--absolute-git-dir").replace(/\n$/, "");
    return this.#directory;
  }

  /** The content of a file in a commit. @throws Error where the commit has no such file; {@link tree} tells */
  read(revision: string, path: string): string {
    return this.#run("cat-file", "blob", `${revision}:${path}`);
  }

  /** Whether a commit is, or comes after, another. */
  isAncestor(ancestor: string, revision: string): boolean {
    return this.#ask("merge-base", "--is-ancestor", ancestor, revision) !== undefined;
  }

  /** Whether something below a path differs from the commit that is checked out, new files included. */
  isChanged(path: string): boolean {
    return this.changes(path).length > 0;
  }

  /**
   * What differs from the commit that is checked out, as git says it: `M README.md`, `?? notes/`.
   *
   * @param path - from the clone's top; @default everything
   */
  changes(path = ""): string[] {
    // whatever git is set to show, and without a touch of the index
    const lines = this.#run("--no-optional-locks", "status", "--porcelain", "--untracked-files=normal", "--", literal(path)).split("\n");
    return lines.map((line) => line.trim()).filter((line) => line !== "");
  }

  /**
   * The commit that a branch of another repository stands at, asked with the caller's own credentials; nobody is asked for a password.
   *
   * @param url - as git takes it
   * @param timeout - in milliseconds
   * @returns `undefined` when the repository has no such branch
   * @throws UserError when the repository does not answer in time, or refuses
   */
  remoteCommit(url: string, branch: string, timeout = 20_000): string | undefined {
    const reference = `refs/heads/${branch}`;
    const { status, stdout, stderr } = spawnGit(["ls-remote", "--", url, reference], {
      folder: this.folder,
      timeout,
      env: unattended(this.folder),
    });
    if (status !== 0) throw new UserError(`git cannot read '${url}': ${status === null ? "no answer in time" : gitReason(stderr)}`);
    return stdout
      .split("\n")
      .find((line) => line.endsWith(`\t${reference}`))
      ?.split("\t")[0];
  }

  /** What git printed; throws git's own words when it says no. */
  #run(...args: readonly string[]): string {
    return runGit(args, { folder: this.folder });
  }

  /** What git printed; `undefined` when it says no. */
  #ask(...args: readonly string[]): string | undefined {
    const { status, stdout } = spawnGit(args, { folder: this.folder });
    return status === 0 ? stdout : undefined;
  }

  #listing(revision: string): Listing | undefined {
    const known = this.#listings.get(revision);
    if (known !== undefined) return known;
    const commit = this.commit(revision);
    if (commit === undefined) return undefined;
    const listing = this.#listings.get(commit) ?? parseListing(this.#run("ls-tree", "-r", "-t", "-z", "--full-tree", commit));
    this.#listings.set(commit, listing);
    return listing;
  }
}

function literal(path: string): string {
  return `:(top,literal)${path}`;
}

/** All that a commit holds. */
interface Listing {
  /** Of every folder and file, by path. */
  readonly ids: ReadonlyMap<string, string>;
  readonly files: readonly CommittedFile[];
}

/** Reads entries `<mode> <type> <id>\t<path>`. */
function parseListing(listed: string): Listing {
  const [ids, files] = [new Map<string, string>(), new Array<CommittedFile>()];
  for (const entry of listed.split("\0")) {
    const tab = entry.indexOf("\t");
    if (tab < 0) continue;
    const [[, type, id = ""], path] = [entry.slice(0, tab).split(" "), entry.slice(tab + 1)];
    ids.set(path, id);
    if (type === "blob") files.push({ path, blob: id });
  }
  return { ids, files };
}
