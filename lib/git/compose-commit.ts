import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { UserError } from "../errors/user-error.ts";
import { gitReason } from "./git-reason.ts";
import type { GitRepository } from "./git-repository.ts";
import { runGit, spawnGit } from "./run-git.ts";

/** What a new commit holds. */
export interface CommitContent {
  /** The commit before it, by its id. */
  readonly parent: string;
  /** What differs from that: the whole new text, by path; `undefined` for a file that is to go. */
  readonly files: ReadonlyMap<string, string | undefined>;
  /** The whole message. */
  readonly text: string;
  /** When it is made; RFC 3339. */
  readonly date: string;
}

/**
 * Makes a commit that no branch holds yet. Beside git's store of objects nothing of the clone is touched: index and files of its own lie in a
 * temporary folder. What the clone's attributes say of a file (line ends, filters) is done to it, and it is signed where `commit.gpgSign` says so.
 *
 * @returns its id; `undefined` when it would hold what its parent does
 * @throws UserError when it cannot be signed, or a filter fails
 */
export function composeCommit(git: GitRepository, { parent, files, text, date }: CommitContent): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "keelson-commit-"));
  try {
    const tree = composeTree(git, parent, files, folder);
    return tree === git.tree(parent, "") ? undefined : commitTree(git, tree, { parent, text, date });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function composeTree(git: GitRepository, parent: string, files: CommitContent["files"], folder: string): string {
  const work = join(folder, "files");
  mkdirSync(work);
  for (const [path, content] of files) {
    if (content === undefined) continue;
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), content);
  }
  const env = { GIT_DIR: git.directory(), GIT_WORK_TREE: work, GIT_INDEX_FILE: join(folder, "index") };
  runGit(["read-tree", parent], { folder: work, env });
  const paths = [...files.keys()].map((path) => `${path}\0`).join("");
  const { status, stderr } = spawnGit(["update-index", "--add", "--remove", "--replace", "-z", "--stdin"], {
    folder: work,
    env,
    input: paths,
  });
  if (status !== 0) throw new UserError(`git does not take a file that is to be committed: ${gitReason(stderr)}`);
  return runGit(["write-tree"], { folder: work, env }).trimEnd();
}

function commitTree(git: GitRepository, tree: string, { parent, text, date }: Omit<CommitContent, "files">): string {
  const sign = git.setting("commit.gpgSign", "bool") === "true" ? ["-S"] : [];
  const settings = ["-c", "user.useConfigOnly=true", "-c", "i18n.commitEncoding=UTF-8"];
  const { status, stdout, stderr } = spawnGit([...settings, "commit-tree", ...sign, "-p", parent, tree], {
    folder: git.folder,
    env: { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    input: text,
  });
  if (status === 0) return stdout.trimEnd();
  throw new UserError(`git cannot make the commit: ${gitReason(stderr)}`, {
    ...(sign.length > 0 && { hint: "git is set to sign every commit (commit.gpgSign); mend its key, or set that to false here" }),
  });
}
