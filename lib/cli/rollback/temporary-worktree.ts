import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type GitCall, runGit, spawnGit } from "../../git/run-git.ts";

/** A second working tree of a clone, in a folder of its own. */
export interface TemporaryWorktree {
  readonly folder: string;
  /** Runs git in it. @throws Error in git's own words when it says no */
  readonly git: (args: readonly string[], call?: Omit<GitCall, "folder">) => string;
  /** The id of the tree of everything that it holds, with what is ignored left out. */
  readonly tree: () => string;
}

/**
 * Checks a commit out beside the clone's own working tree, with the dependencies that are installed there, and takes it away again, whatever `use` does.
 *
 * @param folder - the clone's top folder
 */
export function withTemporaryWorktree<T>(folder: string, commit: string, use: (worktree: TemporaryWorktree) => T): T {
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), "keelson-rollback-")));
  const own = join(temporary, "worktree");
  const modules = join(own, "node_modules");
  try {
    // nobody works there: no hook of theirs has anything to do
    runGit(["-c", "core.hooksPath=/dev/null", "worktree", "add", "--quiet", "--detach", own, commit], { folder });
    if (existsSync(join(folder, "node_modules"))) symlinkSync(join(folder, "node_modules"), modules, "dir");
    const git = (args: readonly string[], call: Omit<GitCall, "folder"> = {}): string => runGit(args, { folder: own, ...call });
    return use({
      folder: own,
      git,
      tree: () => {
        git(["add", "--all"]);
        // the link is no folder, so the pattern `node_modules/` does not hide it
        git(["rm", "--quiet", "--cached", "--ignore-unmatch", "--", "node_modules"]);
        return git(["write-tree"]).trimEnd();
      },
    });
  } finally {
    rmSync(modules, { force: true });
    rmSync(temporary, { recursive: true, force: true });
    // without the folder git forgets the rest; a clone that is gone needs nothing
    spawnGit(["worktree", "prune"], { folder });
  }
}
