import { shortId } from "../../git/short-id.ts";
import type { ImageReference } from "../../image/image-reference.ts";
import { imageVersion } from "../../image/image-version.ts";
import { parsePinKey } from "../../image/pin-keys.ts";
import { type MoveStory, whyOf } from "../../history/move-story.ts";
import { csvText } from "../csv.ts";
import type { Io } from "../io.ts";
import { printJson } from "../print-json.ts";
import { oneLine, printable, printTable } from "../table.ts";

/** How a history is printed. */
export const historyFormats = ["table", "json", "csv"] as const;

/** One of {@link historyFormats}. */
export type HistoryFormat = (typeof historyFormats)[number];

/** Moves with who and why, newest first. */
export function printHistory(stories: readonly MoveStory[], format: HistoryFormat, io: Io): void {
  if (format === "json") printJson(stories.map(storyAsJson), io);
  else if (format === "csv")
    io.stdout(
      csvText(
        Object.keys(columns),
        stories.map((story) => Object.values(columns).map((cell) => cell(story))),
      ),
    );
  else if (stories.length === 0) io.stderr("no pin moved\n");
  else printTable(["TIME (UTC)", "ENVIRONMENT", "SERVICE", "FROM", "TO", "KIND", "WHO", "COMMIT", "WHY"], stories.map(tableCells), io);
}

/** `2026-11-20 14:00:00`, in UTC. */
export function shownTime(instant: string): string {
  return instant.replace("T", " ").replace("Z", "");
}

/** A story as programs read it; what is not known is left out. */
export function storyAsJson({ move, kind, who, sourceCommit, facts }: MoveStory): object {
  const { environment, key, from, to, commit, origin } = move;
  const { run, actor, promotedFrom, override, reason, evidence, refs, breakingChange } = facts;
  return {
    time: commit.committedAt,
    environment,
    key,
    ...parsePinKey(key),
    from: from?.toString(),
    to: to?.toString(),
    kind,
    who,
    actor,
    author: origin.author,
    committer: origin.committer,
    authoredAt: origin.authoredAt,
    subject: origin.subject,
    refs,
    reason,
    override,
    breakingChange,
    promotedFrom,
    evidence,
    sourceCommit,
    run,
    commit: commit.id,
    origin: origin.id,
  };
}

/** What a spreadsheet gets of a move, by the title of its column. */
const columns: Readonly<Record<string, (story: MoveStory) => string>> = {
  time_utc: ({ move }) => shownTime(move.commit.committedAt),
  environment: ({ move }) => move.environment,
  service: ({ move }) => move.key,
  from: ({ move }) => move.from?.toString() ?? "",
  to: ({ move }) => move.to?.toString() ?? "",
  kind: ({ kind }) => kind,
  who: ({ who }) => who,
  author: ({ move }) => move.origin.author.name,
  author_email: ({ move }) => move.origin.author.email,
  committer: ({ move }) => move.origin.committer.name,
  subject: ({ move }) => move.origin.subject,
  refs: ({ facts }) => facts.refs.join(" "),
  reason: ({ facts }) => facts.reason ?? "",
  override: ({ facts }) => facts.override ?? "",
  breaking_change: ({ facts }) => facts.breakingChange ?? "",
  promoted_from: ({ facts }) => facts.promotedFrom ?? "",
  source_commit: ({ sourceCommit }) => sourceCommit ?? "",
  run: ({ facts }) => facts.run ?? "",
  commit: ({ move }) => move.commit.id,
  origin: ({ move }) => move.origin.id,
};

function tableCells(story: MoveStory): string[] {
  const { move, kind, who, committer } = story;
  const version = (reference: ImageReference | undefined): string => (reference === undefined ? "-" : imageVersion(reference));
  const by = committer === undefined ? who : `${who} (by ${committer.name})`;
  const cells = [shownTime(move.commit.committedAt), move.environment, move.key, version(move.from), version(move.to), kind];
  return [...cells, printable(by), shortId(move.commit.id), oneLine(printable(whyOf(story)))];
}
