import type { Definitions } from "../../definition/definitions.ts";
import { UserError } from "../../errors/user-error.ts";
import type { GitRepository } from "../../git/git-repository.ts";
import { requireWholeClone } from "../../git/require-whole-clone.ts";
import { shortId } from "../../git/short-id.ts";
import type { CommitMessage } from "../../history/commit-message.ts";
import { deliveryMessage } from "../../history/delivery-message.ts";
import { pinsAt } from "../../history/pins-at.ts";
import { sourceCommitOf } from "../../history/source-commit.ts";
import { trailer } from "../../history/trailers.ts";
import { editImagePins } from "../../image/edit-image-pins.ts";
import { imagePinsFile, readImagePins } from "../../image/image-pins.ts";
import type { ImageReference } from "../../image/image-reference.ts";
import { type Pins, pinsIn } from "../../image/pins.ts";
import { type Candidates, versionOf } from "../../rollback/candidate.ts";
import { movesTo, type MovesTo } from "../../rollback/pin-moves-to.ts";
import type { EditBase, PlannedEdit, RepositoryEdit } from "../landing/landing.ts";
import { chooseTarget, type RollbackTarget } from "./choose-target.ts";
import { isOfThisRun } from "./is-of-this-run.ts";
import { type DegradedVerdict, judgeDegraded } from "./judge-degraded.ts";
import { neededReview } from "./needed-review.ts";
import { passedStops, requireCandidate } from "./rollback-obstacles.ts";
import { candidatesOf, type Seen } from "./rollback-facts.ts";
import { type RollbackHold, rollbackHold } from "./rollback-hold.ts";
import type { RollbackOptions } from "./rollback-options.ts";
import type { RollbackScope } from "./rollback-scope.ts";
import { type RollbackWarning, rollbackWarnings } from "./rollback-warnings.ts";
import { revertConfig, type RevertedConfig } from "./revert-config.ts";

/** Where a service can go back to, and where it is going. */
export interface RollbackPlan extends Candidates {
  readonly pins: Pins;
  /** Where it goes; `undefined` where only the candidates are wanted, what runs is not Degraded, or the same pipeline run went back already. */
  readonly going: GoingBack | undefined;
  /** With `--if-degraded`. */
  readonly verdict: DegradedVerdict | undefined;
}

/** What a rollback does. */
export interface GoingBack extends MovesTo {
  readonly target: RollbackTarget;
  readonly version: string;
  readonly warnings: readonly RollbackWarning[];
  readonly hold: RollbackHold | undefined;
  /** Holds and freezes that would stop any other move: sentences. */
  readonly passed: readonly string[];
  /** With `--include-config`. */
  readonly reverted: RevertedConfig | undefined;
}

/** What a plan needs beside the repository. */
export interface RollbackCall {
  readonly definitions: Definitions;
  readonly scope: RollbackScope;
  readonly options: RollbackOptions;
  readonly seen: Seen;
  readonly now: Date;
}

/**
 * Decides where a service goes back to, and what the commit is to hold. Writes nothing, but for a working tree of its own that is gone afterwards.
 *
 * @throws UserError when there is nothing to go back to, or what is asked for cannot be had
 */
export function planRollback(
  { git, project }: EditBase,
  { definitions, scope, options, seen, now }: RollbackCall,
): PlannedEdit<RollbackPlan> {
  if (git === undefined) throw new UserError("there is no history here", { hint: "run this in a clone of the GitOps repository" });
  requireWholeClone(git);
  const file = imagePinsFile(scope.environment.name);
  const text = project.read(file) ?? "";
  const pins: Pins = new Map([...pinsIn(readImagePins(text, file))].filter(([key]) => scope.owns(key)));
  const candidates = candidatesOf(git, scope, pins, seen);
  // judged here: what was fetched meanwhile may run other pins than those that are Degraded
  const verdict = options.ifDegraded === true ? judgeDegraded(git, scope.environment.name, pins, seen.applications) : undefined;
  if (options.list === true || verdict?.degraded === false || isOfThisRun(candidates, options))
    return { edit: undefined, value: { ...candidates, pins, going: undefined, verdict } };
  const target = requireCandidate(chooseTarget(git, scope, candidates, pins, { to: options.to, now }), scope, candidates);
  const going = goBack({ git, project }, { scope, options, now }, target, { ...candidates, pins });
  const value = { ...candidates, pins, going, verdict };
  // the pins last: as long as they are not written there is something to do
  const edited = editImagePins(text, file, new Map(going.moves.map(({ key, to }) => [key, to])));
  const moved: RepositoryEdit["files"] = edited === text ? new Map() : new Map([...besideOf(going.hold), [file, edited]]);
  const files = going.reverted?.files ?? moved;
  return { edit: files.size === 0 ? undefined : editOf({ definitions, git, scope, options, going }, files), value };
}

function goBack(
  { git, project }: EditBase & { readonly git: GitRepository },
  { scope, options, now }: Pick<RollbackCall, "scope" | "options" | "now">,
  target: RollbackTarget,
  { pins, periods }: Candidates & { readonly pins: Pins },
): GoingBack {
  const moves = movesTo(target.pins, pins);
  const version = versionOf(moves.moves.length === 0 ? target.pins : new Map(moves.moves.map(({ key, to }) => [key, to])));
  const includeConfig = options.includeConfig === true;
  if (moves.moves.length === 0 && !includeConfig)
    return { ...moves, target, version, warnings: [], hold: undefined, passed: [], reverted: undefined };
  const by = options.actor ?? git.setting("user.name") ?? "somebody";
  const hold = rollbackHold(project, scope, options, { version, by, now });
  const undone = periods.slice(periods.findLastIndex(({ since }) => git.isAncestor(since.id, target.commit)) + 1);
  return {
    ...moves,
    target,
    version,
    hold,
    passed: passedStops(project, scope, now),
    reverted: includeConfig ? revert(git, scope, target, pins, besideOf(hold), options.allowOthers === true) : undefined,
    warnings: rollbackWarnings(git, scope, { target, present: pins, undone }),
  };
}

function besideOf(hold: RollbackHold | undefined): ReadonlyMap<string, string> {
  return new Map(hold === undefined ? [] : [[hold.file, hold.text]]);
}

/** Every pin of then comes back, and every other goes: definitions of then take exactly those. */
function revert(
  git: GitRepository,
  { units, environment, owns }: RollbackScope,
  { commit }: RollbackTarget,
  present: Pins,
  beside: ReadonlyMap<string, string>,
  allowOthers: boolean,
): RevertedConfig {
  const then = new Map([...pinsAt(git, environment.name, commit)].filter(([key]) => owns(key)));
  const wanted = new Map<string, ImageReference | undefined>([...present.keys(), ...then.keys()].map((key) => [key, then.get(key)]));
  return revertConfig(git, { units, commit, pins: wanted, beside, allowOthers });
}

interface PlannedRollback extends Pick<RollbackCall, "definitions" | "scope" | "options"> {
  readonly git: GitRepository;
  readonly going: GoingBack;
}

function editOf({ definitions, git, scope, options, going }: PlannedRollback, files: RepositoryEdit["files"]): RepositoryEdit {
  const needsReview = neededReview(definitions, scope, going.reverted);
  return {
    files,
    message: messageOf({ git, scope, options, going }),
    ...(going.reverted !== undefined && { rendered: going.reverted.rendered }),
    ...(needsReview !== undefined && { needsReview }),
  };
}

function messageOf({ git, scope, options, going }: Omit<PlannedRollback, "definitions">): CommitMessage {
  const { target, moves } = going;
  const environment = scope.environment.name;
  const { actor, run, refs, breakingChange, reason } = options;
  const all = moves.length > 0 ? moves : [...target.pins].map(([key, to]) => ({ key, to }));
  const message = deliveryMessage({
    action: "rollback",
    environment,
    moves: all.map((move) => ({ ...move, sourceCommit: sourceCommitOf(git, environment, move.key, target.commit) })),
    attribution: { actor: actor ?? git.setting("user.name"), run, refs, breakingChange },
    more: [...(reason === undefined ? [] : [[trailer.reason, reason] as const]), [trailer.evidence, target.evidence]],
  });
  if (moves.length > 0) return message;
  return { subject: `rollback: ${scope.service.name} to its configuration of ${shortId(target.commit)}`, trailers: message.trailers };
}
