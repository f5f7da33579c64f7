/** Somebody that a commit names. */
export interface Person {
  readonly name: string;
  readonly email: string;
}

/** A commit, as `git log` tells it. */
export interface Commit {
  /** Its full id. */
  readonly id: string;
  /** None of the first, several of a merge; the first is the branch that was merged into. */
  readonly parents: readonly string[];
  /** Who wrote the change. */
  readonly author: Person;
  /** Who put it there: the same, or the service that merged it. */
  readonly committer: Person;
  /** RFC 3339, in UTC: `2026-11-21T09:00:00Z`. */
  readonly authoredAt: string;
  /** RFC 3339, in UTC. */
  readonly committedAt: string;
  /** The first line of its message. */
  readonly subject: string;
  /** Its trailers in their order, unfolded: `["Environment", "staging"]`. A key may stand there several times. */
  readonly trailers: readonly (readonly [key: string, value: string])[];
  /** Files that it changed beside its first parent; only where {@link LogOptions.changes} asks for them. */
  readonly changes: readonly FileChangeInCommit[];
}

/** A file beside what the commit's first parent held. */
export interface FileChangeInCommit {
  readonly path: string;
  /** The id of the content before; `undefined` where there was no file. */
  readonly before: string | undefined;
  /** The id of the content since; `undefined` where there is no file any more. */
  readonly after: string | undefined;
}

/** Which commits a log tells of. */
export interface LogOptions {
  /** Follow only the branch that was merged into: each commit is then a state that the branch had. @default every ancestor */
  readonly firstParent?: boolean;
  /** Only commits that changed one of these, from the repository's root. @default all */
  readonly paths?: readonly string[];
  /** Only commits that this one does not hold. @default to the beginning */
  readonly since?: string;
  /** Tell the files too that each changed beside its first parent. @default false */
  readonly changes?: boolean;
  /** At most so many. @default all */
  readonly limit?: number;
}

/** Times in one form and one zone, so that they sort as text; needs `TZ` to be UTC. */
const dateFormat = "format-local:%Y-%m-%dT%H:%M:%SZ";

const fields = ["%H", "%P", "%an", "%ae", "%cn", "%ce", "%ad", "%cd", "%s", "%(trailers:only,unfold)"];

/** What `git log` is asked to print of each commit: fields between zero bytes, the only ones that nothing in a commit can hold. */
export const logFormat = fields.join("%x00");

/** The arguments that make `git log` tell what is wanted. */
export function logArguments({ firstParent = false, since, changes = false, limit }: LogOptions): string[] {
  return [
    `--date=${dateFormat}`,
    // whatever git is set to show
    "--encoding=UTF-8",
    "--no-show-signature",
    ...(firstParent ? ["--first-parent"] : []),
    ...(changes ? ["--raw", "--no-abbrev", "--no-renames", "--diff-merges=first-parent"] : []),
    ...(limit === undefined ? [] : [`--max-count=${limit}`]),
    ...(since === undefined ? [] : [`^${since}`]),
  ];
}

/** Reads what `git log -z` printed in {@link logFormat}. */
export function parseLog(printed: string): Commit[] {
  const parts = printed.split("\0");
  const commits: Commit[] = [];
  for (let at = 0; at + fields.length <= parts.length; ) {
    const told = parts.slice(at, (at += fields.length));
    const changes: FileChangeInCommit[] = [];
    for (; parts[at]?.trimStart().startsWith(":") === true; at += 2) changes.push(parseChange(parts[at] ?? "", parts[at + 1] ?? ""));
    commits.push(parseCommit(told, changes));
  }
  return commits;
}

function parseCommit(told: readonly string[], changes: readonly FileChangeInCommit[]): Commit {
  const [id = "", parents = "", an = "", ae = "", cn = "", ce = "", authoredAt = "", committedAt = "", subject = "", trailers = ""] = told;
  return {
    id,
    parents: parents.split(" ").filter((parent) => parent !== ""),
    author: { name: an, email: ae },
    committer: { name: cn, email: ce },
    authoredAt,
    committedAt,
    subject,
    trailers: trailers.split("\n").flatMap((line) => parseTrailer(line)),
    changes,
  };
}

function parseTrailer(line: string): (readonly [string, string])[] {
  const colon = line.indexOf(":");
  return colon < 0 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
}

/** An entry `:<mode> <mode> <id> <id> <status>`, and its path. */
function parseChange(entry: string, path: string): FileChangeInCommit {
  const [, , before = "", after = ""] = entry.trimStart().split(" ");
  return { path, before: present(before), after: present(after) };
}

function present(id: string): string | undefined {
  return /^0+$/.test(id) ? undefined : id;
}
