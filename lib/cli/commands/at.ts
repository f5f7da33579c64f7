import { type Command, Option } from "commander";
import type { Definitions } from "../../definition/definitions.ts";
import { instantOf } from "../../definition/instant.ts";
import { UserError } from "../../errors/user-error.ts";
import type { Commit } from "../../git/commit.ts";
import { GitRepository } from "../../git/git-repository.ts";
import { requireWholeClone } from "../../git/require-whole-clone.ts";
import { shortId } from "../../git/short-id.ts";
import { commitAt } from "../../history/commit-at.ts";
import { type MoveStory, moveStory } from "../../history/move-story.ts";
import { pinHistory } from "../../history/pin-history.ts";
import type { CommandContext } from "../command-context.ts";
import { outputOption, type OutputFormat } from "../common-options.ts";
import { environmentNames } from "../history/environment-names.ts";
import { givenMoment } from "../history/given-moment.ts";
import { pinSelection, requireKnown } from "../history/pin-selection.ts";
import { shownTime, storyAsJson } from "../history/print-history.ts";
import type { Io } from "../io.ts";
import { printJson } from "../print-json.ts";
import { oneLine, printable, printTable } from "../table.ts";

interface AtOptions {
  readonly environment: string;
  readonly output: OutputFormat;
}

/** The pins of an environment at a time. */
interface PinsThen {
  readonly environment: string;
  /** What was asked for; RFC 3339 in UTC. */
  readonly at: string;
  /** Where the branch stood. */
  readonly commit: Commit;
  /** The move that set each pin, by key. */
  readonly stories: readonly MoveStory[];
}

/** `keelson at`. */
export function addAtCommand(program: Command, { definitions, io, done }: CommandContext): void {
  program
    .command("at")
    .description("tell what an environment was to run at a time, since when, and by which commit, from Git alone")
    .argument(
      "<moment>",
      "2026-11-20T14:00:00+01:00, 2026-11-20 14:00 or 2026-11-20 (UTC), 7d for so long ago, or a commit or tag of this repository",
    )
    .argument("[service]", "<system>, or <system>/<service>, then :<container> or @<track> (default: everything)")
    .addOption(new Option("--environment <name>", "where").makeOptionMandatory())
    .addOption(outputOption())
    .action((moment: string, target: string | undefined, options: AtOptions) => {
      at(definitions, moment, target, options, io);
      done(0);
    });
}

function at(definitions: Definitions, moment: string, target: string | undefined, options: AtOptions, io: Io): void {
  const selection = pinSelection(target);
  const git = GitRepository.open(io.root);
  requireWholeClone(git);
  const [environment = ""] = environmentNames(definitions, [options.environment], git);
  const { at: instant, commit } = branchAt(moment, git, io.now());
  requireKnown(
    selection,
    new Set([...pinHistory(git, environment), ...pinHistory(git, environment, commit.id)].map(({ key }) => key)),
    definitions,
  );
  // newest first: the first move of a key is the one that holds
  const last = new Map(
    pinHistory(git, environment, commit.id)
      .reverse()
      .map((move) => [move.key, move]),
  );
  const stories = [...last.values()]
    .filter(({ key, to }) => to !== undefined && selection.matches(key))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(moveStory);
  print({ environment, at: instant, commit, stories }, options.output, io);
  io.stderr(`this is what Git asked for: ${whatFollows(definitions, environment)}\n`);
}

function branchAt(moment: string, git: GitRepository, now: Date): Pick<PinsThen, "at" | "commit"> {
  const found = givenMoment("the moment", moment, git, now);
  if ("commit" in found) {
    const [commit] = git.log(found.commit, { limit: 1 });
    if (commit === undefined) throw new Error(`git shows no commit '${found.commit}'`);
    return { at: commit.committedAt, commit };
  }
  if (found.instant > now.toISOString()) throw new UserError(`the moment '${moment}' lies ahead`, { hint: `now is ${instantOf(now)}` });
  const commit = commitAt(git, found.instant);
  if (commit !== undefined) return { at: found.instant, commit };
  const first = git.log("HEAD", { firstParent: true }).at(-1);
  throw new UserError(`at ${found.instant} there was nothing yet`, { hint: `the first commit is of ${first?.committedAt ?? ""}` });
}

function whatFollows({ environments }: Definitions, name: string): string {
  const sync = environments.find(({ definition }) => definition.name === name)?.definition.policy.sync;
  if (sync === undefined) return "a cluster ran it from the next sync on";
  if (sync.automated === undefined) return `'${name}' waits for somebody to sync, and ran what was there before until then`;
  return `Argo CD syncs '${name}' by itself, a while after`;
}

function print({ environment, at: instant, commit, stories }: PinsThen, output: OutputFormat, io: Io): void {
  if (output === "json") {
    const pins = stories.map(storyAsJson);
    printJson({ environment, at: instant, commit: commit.id, committedAt: commit.committedAt, pins }, io);
    return;
  }
  const of = `commit ${shortId(commit.id)} of ${shownTime(commit.committedAt)} UTC: ${oneLine(printable(commit.subject))}`;
  io.stderr(`'${environment}' at ${shownTime(instant)} UTC, ${of}\n`);
  if (stories.length === 0) io.stderr("nothing was pinned then\n");
  const rows = stories.map(({ move, kind, who }) => {
    const since = shownTime(move.commit.committedAt);
    return [move.key, move.to?.toString() ?? "", since, kind, printable(who), shortId(move.commit.id)];
  });
  if (stories.length > 0) printTable(["SERVICE", "IMAGE", "SINCE (UTC)", "KIND", "WHO", "COMMIT"], rows, io);
}
