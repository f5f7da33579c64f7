import { UserError } from "../errors/user-error.ts";
import type { ImageReference } from "../image/image-reference.ts";
import { noPins, type Pins } from "../image/pins.ts";
import type { HistoryGit } from "./history-git.ts";
import { originFinder } from "./origin-finder.ts";
import type { PinMove } from "./pin-move.ts";
import { pinStates } from "./pin-states.ts";

/** What a commit holds never changes: its history is told once to each clone. By environment, then by commit. */
const told = new WeakMap<HistoryGit, Map<string, Map<string, readonly PinMove[]>>>();

/**
 * Every move of every pin of an environment, newest first: found in what the file held from commit to commit of the branch, whoever wrote it
 * and by whatever tool. What was merged counts from the merge on. Moves of one commit are in the order of their keys.
 *
 * @param revision - the branch. @default HEAD
 * @throws UserError when this clone does not have the revision
 */
export function pinHistory(git: HistoryGit, environment: string, revision = "HEAD"): PinMove[] {
  const byEnvironment = told.get(git) ?? new Map<string, Map<string, readonly PinMove[]>>();
  const histories = byEnvironment.get(environment) ?? new Map<string, readonly PinMove[]>();
  told.set(git, byEnvironment.set(environment, histories));
  const before = toldBefore(histories.values(), revision);
  if (before !== undefined) return before;
  const tip = git.commit(revision);
  if (tip === undefined) throw new UserError(`this clone has no commit '${revision}'`, { hint: "fetch it: git fetch" });
  const moves = histories.get(tip) ?? readMoves(git, environment, tip);
  histories.set(tip, moves);
  return [...moves];
}

/** The history of a commit that moved pins is the end of a later one's. */
function toldBefore(histories: Iterable<readonly PinMove[]>, commit: string): PinMove[] | undefined {
  for (const moves of histories) {
    const start = moves.findIndex((move) => move.commit.id === commit);
    if (start >= 0) return moves.slice(start);
  }
  return undefined;
}

function readMoves(git: HistoryGit, environment: string, revision: string): PinMove[] {
  let before = noPins;
  const moving = pinStates(git, environment, revision).flatMap(({ commit, pins }) => {
    const moves = differences(before, pins);
    before = pins;
    return moves.length === 0 ? [] : [{ commit, moves }];
  });
  const merges = moving.map(({ commit }) => commit).filter(({ parents }) => parents.length > 1);
  const originOf = originFinder(git, environment, revision, merges);
  return moving
    .reverse()
    .flatMap(({ commit, moves }) =>
      moves.map(({ key, from, to }) => ({ environment, key, from, to, commit, origin: originOf(commit, key, to) })),
    );
}

function differences(before: Pins, after: Pins): { key: string; from: ImageReference | undefined; to: ImageReference | undefined }[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map((key) => ({ key, from: before.get(key), to: after.get(key) }))
    .filter(({ from, to }) => from?.toString() !== to?.toString());
}
