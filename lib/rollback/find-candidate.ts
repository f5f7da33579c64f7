import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";
import { shortId } from "../git/short-id.ts";
import type { Pins } from "../image/pins.ts";
import type { Candidate } from "./candidate.ts";
import { stateOf } from "./pin-period.ts";

/** Where a rollback goes, as somebody named it. */
export interface NamedTarget {
  readonly pins: Pins;
  /** The commit whose configuration it is compared with. */
  readonly commit: string;
  /** The one that it is, where it is one that differs from the present. */
  readonly candidate: Candidate | undefined;
  /** How it was found: `the commit 1a2b3c4`, `2 steps back`. */
  readonly how: string;
}

/** What a name may mean, asked of the clone. */
export interface TargetFacts {
  readonly candidates: readonly Candidate[];
  /** The pins as they are now. */
  readonly present: Pins;
  /** A commit by any name of it; `undefined`: there is none. */
  readonly commit: (revision: string) => string | undefined;
  /** Whether the branch holds a commit. */
  readonly isOnBranch: (commit: string) => boolean;
  /** What ran at a commit, of the pins that matter. */
  readonly pinsAt: (commit: string) => Pins;
  /** The last commit of the branch at an instant; `undefined` for what is no instant. */
  readonly commitAt: (text: string) => string | undefined;
}

/**
 * Finds what `--to` names: `<n>-steps`, an instant, a commit of this repository or an image tag.
 *
 * @throws UserError when it names nothing, or two things that differ
 */
export function findCandidate(text: string, facts: TargetFacts): NamedTarget {
  const steps = /^(\d+)-steps?$/.exec(text)?.[1];
  if (steps !== undefined) return bySteps(text, Number(steps), facts);
  const instant = facts.commitAt(text);
  if (instant !== undefined) return atCommit(instant, `at ${text}, which is ${shortId(instant)}`, facts);
  const found = [...byTag(text, facts), ...byCommit(text, facts)];
  const [first, ...others] = found;
  if (first === undefined) {
    throw new UserError(`'${text}' names no commit of this branch and no version that ran`, { hint: candidatesHint(text, facts) });
  }
  const states = new Set(found.map(({ pins }) => stateOf(pins, facts.present)));
  if (others.length > 0 && states.size > 1) {
    throw new UserError(`'${text}' names several things: ${found.map(({ how }) => how).join("; ")}`, { hint: "say which by <n>-steps" });
  }
  return first;
}

function bySteps(text: string, steps: number, facts: TargetFacts): NamedTarget {
  const candidate = facts.candidates.find((other) => other.steps === steps);
  if (candidate === undefined) {
    const most = facts.candidates.length;
    throw new UserError(`'${text}' goes back further than there is history`, {
      hint: most === 0 ? "nothing else ran here yet" : `at most ${most}-steps: ${candidatesHint(text, facts)}`,
    });
  }
  return { ...ofCandidate(candidate), how: text.replace("-", " ") + " back" };
}

/** States in which a pin has the tag, and those of the commit that a tag `sha-<commit>` names. */
function byTag(text: string, { candidates }: TargetFacts): NamedTarget[] {
  const isMeant = (tag: string | undefined, digest: string | undefined): boolean =>
    tag === text || digest === text || (/^[0-9a-f]{7,40}$/.test(text) && tag?.startsWith(`sha-${text}`) === true);
  return candidates
    .filter(({ period }) => period.spellings.some((pins) => [...pins.values()].some(({ tag, digest }) => isMeant(tag, digest))))
    .map((candidate) => ({ ...ofCandidate(candidate), how: `version ${candidate.version}, ${stepsText(candidate.steps)}` }));
}

function byCommit(text: string, facts: TargetFacts): NamedTarget[] {
  const commit = facts.commit(text);
  if (commit === undefined) return [];
  if (!facts.isOnBranch(commit)) {
    throw new UserError(`the commit '${text}' is not on this branch`, { hint: "name one that `git log --first-parent` lists" });
  }
  return [atCommit(commit, `the commit ${shortId(commit)}`, facts)];
}

function atCommit(commit: string, how: string, facts: TargetFacts): NamedTarget {
  const pins = facts.pinsAt(commit);
  if (pins.size === 0) {
    throw new UserError(`nothing of it had a pin yet: ${how}`, { hint: candidatesHint(commit, facts) });
  }
  const state = stateOf(pins, facts.present);
  return { pins, commit, candidate: facts.candidates.find(({ period }) => period.result === state), how };
}

function ofCandidate(candidate: Candidate): Omit<NamedTarget, "how"> {
  return { pins: candidate.pins, commit: candidate.lastCommit, candidate };
}

function stepsText(steps: number): string {
  return `${steps} ${steps === 1 ? "step" : "steps"} back`;
}

function candidatesHint(text: string, { candidates }: TargetFacts): string {
  if (candidates.length === 0) return "nothing else ran here yet";
  return `what ran: ${nearestNames(
    text,
    candidates.slice(0, 20).map(({ version }) => version),
  )}; see them all with --list`;
}
