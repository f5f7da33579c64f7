import { type Command, InvalidArgumentError, Option } from "commander";
import type { Definitions } from "../../definition/definitions.ts";
import { GitRepository } from "../../git/git-repository.ts";
import type { Commit } from "../../git/commit.ts";
import { requireWholeClone } from "../../git/require-whole-clone.ts";
import { moveStory } from "../../history/move-story.ts";
import { pinHistory } from "../../history/pin-history.ts";
import type { PinMove } from "../../history/pin-move.ts";
import { imagePinsFile } from "../../image/image-pins.ts";
import type { CommandContext } from "../command-context.ts";
import { repeatableOption } from "../common-options.ts";
import { environmentNames } from "../history/environment-names.ts";
import { givenMoment } from "../history/given-moment.ts";
import { pinSelection, requireKnown } from "../history/pin-selection.ts";
import { type HistoryFormat, historyFormats, printHistory } from "../history/print-history.ts";
import type { Io } from "../io.ts";

interface HistoryOptions {
  readonly environment?: readonly string[];
  readonly since?: string;
  readonly until?: string;
  readonly limit?: number;
  readonly output: HistoryFormat;
}

/** `keelson history`. */
export function addHistoryCommand(program: Command, { definitions, io, done }: CommandContext): void {
  program
    .command("history")
    .description("tell who deployed what, when and why, from Git alone; newest first")
    .argument("[service]", "<system>, or <system>/<service>, then :<container> or @<track> (default: everything)")
    .addOption(repeatableOption("--environment <name>", "only there"))
    .addOption(new Option("--since <moment>", "only what moved since: 2026-11-20, 2026-11-20 14:00 (UTC), 7d, or a commit or tag"))
    .addOption(new Option("--until <moment>", "only what moved before that, or up to that commit"))
    .addOption(new Option("--limit <n>", "at most so many moves").argParser(wholeNumber))
    .addOption(new Option("--output <format>", "how to print the result").choices(historyFormats).default("table"))
    .action((target: string | undefined, options: HistoryOptions) => {
      history(definitions, target, options, io);
      done(0);
    });
}

function history(definitions: Definitions, target: string | undefined, options: HistoryOptions, io: Io): void {
  const selection = pinSelection(target);
  const git = GitRepository.open(io.root);
  requireWholeClone(git);
  const environments = environmentNames(definitions, options.environment, git);
  const isWithin = period(options, git, io.now());
  const moves = environments.flatMap((environment) => pinHistory(git, environment));
  requireKnown(selection, new Set(moves.map(({ key }) => key)), definitions);
  const found = moves.filter(({ key, commit }) => selection.matches(key) && isWithin(commit));
  const stories = newestFirst(found, environments, git).slice(0, options.limit).map(moveStory);
  printHistory(stories, options.output, io);
}

/** Tells whether a commit of the branch is from between the two. */
function period({ since, until }: HistoryOptions, git: GitRepository, now: Date): (commit: Commit) => boolean {
  const from = since === undefined ? undefined : givenMoment("--since", since, git, now);
  const to = until === undefined ? undefined : givenMoment("--until", until, git, now);
  const known = new Set(from !== undefined && "commit" in from ? git.log(from.commit).map(({ id }) => id) : []);
  const meant = to !== undefined && "commit" in to ? new Set(git.log(to.commit).map(({ id }) => id)) : undefined;
  return ({ id, committedAt }) => {
    if (from !== undefined && ("commit" in from ? known.has(id) : committedAt < from.instant)) return false;
    return to === undefined || ("commit" in to ? meant?.has(id) === true : committedAt < to.instant);
  };
}

/** Those of several environments as the branch took them: clocks of its commits may disagree. */
function newestFirst(moves: readonly PinMove[], environments: readonly string[], git: GitRepository): PinMove[] {
  if (environments.length === 1) return [...moves];
  const commits = git.log("HEAD", { firstParent: true, paths: environments.map(imagePinsFile) });
  const places = new Map(commits.map(({ id }, place) => [id, place]));
  return [...moves].sort((a, b) => (places.get(a.commit.id) ?? 0) - (places.get(b.commit.id) ?? 0));
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("write a whole number, 1 at least.");
  return Number(text);
}
