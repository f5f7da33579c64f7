import { resolve } from "node:path";
import { UserError } from "../../errors/user-error.ts";
import { fetchCommit } from "../../git/fetch-commit.ts";
import { GitRepository } from "../../git/git-repository.ts";
import type { Io } from "../io.ts";

/** Where the images of a run come from. */
export interface SourceOptions {
  /** A clone of the repository that they were built from. */
  readonly source?: string;
  /** The commit that they were built from. @default what the clone has checked out */
  readonly sourceCommit?: string;
  /** Move pins whose commit the clone does not know. @default false */
  readonly allowUnrelated?: boolean;
}

/** How the commit of a run lies to another: the same, `after` it, `before` it, on another line of history, or nobody knows. */
export type CommitRelation = "same" | "after" | "before" | "apart" | "unknown";

/** The commit that the images of a run were built from, and what came before it. */
export interface SourceOrder {
  /** The full id, where a clone can tell it. */
  readonly commit: string;
  /**
   * How the run's commit lies to the one that a pin was built from.
   *
   * @param pinned - may be a short id
   * @param title - the pin, for messages: `'shop/frontend' in 'dev'`
   * @throws UserError when the clone cannot tell
   */
  readonly relationTo: (pinned: string, title: string) => CommitRelation;
}

/**
 * Opens the clone that images were built from.
 *
 * @returns `undefined` where nothing is known of their source
 * @throws UserError when there is no such clone, or it has no such commit
 */
export function openSourceOrder({ source, sourceCommit, allowUnrelated = false }: SourceOptions, io: Io): SourceOrder | undefined {
  if (source === undefined) {
    if (sourceCommit === undefined) return undefined;
    if (!/^[0-9a-f]{7,64}$/.test(sourceCommit)) {
      throw new UserError(`'${sourceCommit}' is no commit's id`, { hint: "write 7 to 64 hexadecimal digits, or name a clone by --source" });
    }
    return { commit: sourceCommit, relationTo: () => "unknown" };
  }
  const git = GitRepository.open(resolve(io.workingFolder, source));
  const commit = git.commit(sourceCommit ?? "HEAD");
  if (commit !== undefined) return new ClonedSource(commit, git, { source, allowUnrelated });
  throw new UserError(`'${source}' has no commit '${sourceCommit ?? "HEAD"}'`, {
    hint: "--source is a clone of the repository that the images were built from, --source-commit one of its commits",
  });
}

class ClonedSource implements SourceOrder {
  readonly commit: string;
  readonly #git: GitRepository;
  readonly #options: { readonly source: string; readonly allowUnrelated: boolean };
  /** Why a commit could not be fetched, by its id: each is asked for once, however often a plan is made. */
  readonly #fetched = new Map<string, string | undefined>();

  constructor(commit: string, git: GitRepository, options: { readonly source: string; readonly allowUnrelated: boolean }) {
    this.commit = commit;
    this.#git = git;
    this.#options = options;
  }

  relationTo(pinned: string, title: string): CommitRelation {
    const git = this.#git;
    const there = this.#find(pinned);
    if (there === this.commit) return "same";
    if (there !== undefined && git.isAncestor(there, this.commit)) return "after";
    if (there !== undefined && git.isAncestor(this.commit, there)) return "before";
    if (there !== undefined && !git.isShallow()) return "apart";
    const { source, allowUnrelated } = this.#options;
    if (allowUnrelated) return "unknown";
    const reason = this.#fetched.get(pinned);
    const problem =
      there === undefined
        ? `does not know the commit '${pinned}' that ${title} was built from${reason === undefined ? "" : `, and could not fetch it: ${reason}`}`
        : `is a shallow clone, and cannot tell whether '${this.commit}' comes after '${pinned}' that ${title} was built from`;
    const remedy = git.isShallow()
      ? "git fetch --unshallow; in GitHub Actions check out with `fetch-depth: 0`, in GitLab CI set GIT_DEPTH to 0"
      : "name a clone of the repository that the image was built from, and a whole one";
    throw new UserError(`'${source}' ${problem}`, { hint: `${remedy}; or let --allow-unrelated move the pin all the same` });
  }

  #find(id: string): string | undefined {
    const known = knownCommit(this.#git, id);
    if (known !== undefined || this.#fetched.has(id)) return known;
    this.#fetched.set(id, fetchCommit(this.#git.folder, id));
    return knownCommit(this.#git, id);
  }
}

/** A short id only as such: a branch may be called like one. */
function knownCommit(git: GitRepository, id: string): string | undefined {
  const found = git.commit(id);
  return found?.startsWith(id) === true ? found : undefined;
}
