import { execFileSync } from "node:child_process";
import { env } from "node:process";
import { UserError } from "../errors/user-error.ts";

/** A file in a commit. */
export interface CommittedFile {
  /** From the repository's root. */
  readonly path: string;
  /** The id of its content. */
  readonly blob: string;
}

/** A local clone, asked through the `git` program. */
export class GitRepository {
  /** The work tree's top. */
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Opens the clone that a folder lies in.
   *
   * @throws UserError when git is missing, or the folder lies in no clone
   */
  static open(folder: string): GitRepository {
    const top = new GitRepository(folder).ask("rev-parse", "--show-toplevel");
    if (top === undefined)
      throw new UserError(`'${folder}' is not in a git repository`, { hint: "run this in a clone of the GitOps repository" });
    return new GitRepository(top.trimEnd());
  }

  /** The full id of a commit; `undefined` when this clone does not have it. @param revision - a commit, branch, tag, or any other name of one */
  commit(revision: string): string | undefined {
    return this.ask("rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`)?.trimEnd();
  }

  /** The id of the tree (or content) at a path of a commit: equal ids, equal files. `undefined` when there is nothing. */
  tree(revision: string, path: string): string | undefined {
    return this.ask("rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}:${path}`)?.trimEnd();
  }

  /** Whether a commit is, or comes after, another. */
  isAncestor(ancestor: string, revision: string): boolean {
    return this.ask("merge-base", "--is-ancestor", ancestor, revision) !== undefined;
  }

  /** Every file below a path of a commit. */
  files(revision: string, path: string): CommittedFile[] {
    const listed = this.run("ls-tree", "-r", "-z", "--full-tree", revision, "--", `${path}/`);
    return listed
      .split("\0")
      .filter((entry) => entry !== "")
      .map((entry) => {
        const [head = "", name = ""] = entry.split("\t", 2);
        return { path: name, blob: head.split(" ")[2] ?? "" };
      });
  }

  /** The content of a file in a commit. */
  read(revision: string, path: string): string {
    return this.run("cat-file", "blob", `${revision}:${path}`);
  }

  /** What git printed; throws when it fails. */
  run(...args: readonly string[]): string {
    try {
      // LC_ALL: git's words, whatever the language of this machine
      return execFileSync("git", args, {
        cwd: this.folder,
        env: { ...env, LC_ALL: "C" },
        encoding: "utf8",
        maxBuffer: 1 << 28,
        stdio: ["ignore", "pipe", "pipe"],
      });
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT")
        throw new UserError("git is not installed", { cause: error });
      throw error;
    }
  }

  /** What git printed; `undefined` when it says no. */
  private ask(...args: readonly string[]): string | undefined {
    try {
      return this.run(...args);
    } catch (error) {
      if (error instanceof UserError) throw error;
      return undefined;
    }
  }
}
