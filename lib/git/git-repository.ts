import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { env } from "node:process";
import { UserError } from "../errors/user-error.ts";

/** Whoever would be asked for a password is not there. */
const unattended = { GIT_TERMINAL_PROMPT: "0", GIT_ASKPASS: "true", SSH_ASKPASS: "true", GIT_SSH_COMMAND: "ssh -o BatchMode=yes" };

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

  private constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Opens the clone that a folder lies in.
   *
   * @throws UserError when git is missing, or refuses the folder: it lies in no clone, or in somebody else's
   */
  static open(folder: string): GitRepository {
    const { status, stdout, stderr } = new GitRepository(folder).#spawn(["rev-parse", "--show-toplevel"]);
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

  /** The id of the tree (or content) at a path of a commit: equal ids, equal files. `undefined` where nothing is, or no such commit. */
  tree(revision: string, path: string): string | undefined {
    return this.#listing(revision)?.ids.get(path);
  }

  /** Every file below a path of a commit, by path. */
  files(revision: string, path: string): CommittedFile[] {
    return this.#listing(revision)?.files.filter((file) => file.path.startsWith(`${path}/`)) ?? [];
  }

  /** The content of a file in a commit. */
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
    const lines = this.#run("status", "--porcelain", "--", `:(top,literal)${path}`).split("\n");
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
    const { status, stdout, stderr } = this.#spawn(["ls-remote", "--", url, reference], { timeout, env: unattended });
    const [reason = ""] = stderr.trimEnd().split("\n").slice(-1);
    if (status !== 0)
      throw new UserError(`git cannot read '${url}': ${status === null ? "no answer in time" : reason.replace(/^fatal: /, "")}`);
    return stdout
      .split("\n")
      .find((line) => line.endsWith(`\t${reference}`))
      ?.split("\t")[0];
  }

  /** What git printed; throws git's own words when it says no. */
  #run(...args: readonly string[]): string {
    const { status, stdout, stderr } = this.#spawn(args);
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr.trimEnd()}`);
    return stdout;
  }

  /** What git printed; `undefined` when it says no. */
  #ask(...args: readonly string[]): string | undefined {
    const { status, stdout } = this.#spawn(args);
    return status === 0 ? stdout : undefined;
  }

  #spawn(
    args: readonly string[],
    more: { readonly timeout?: number; readonly env?: Readonly<Record<string, string>> } = {},
  ): SpawnSyncReturns<string> {
    const result = spawnSync("git", args, {
      cwd: this.folder,
      // git's words, whatever the language of this machine
      env: { ...env, LC_ALL: "C", ...more.env },
      ...(more.timeout !== undefined && { timeout: more.timeout }),
      encoding: "utf8",
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (result.error === undefined) return result;
    if ("code" in result.error && result.error.code === "ETIMEDOUT") return result;
    if ("code" in result.error && result.error.code === "ENOENT")
      throw new UserError("git is not installed", { hint: "install it, and have it on the PATH", cause: result.error });
    throw result.error;
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
