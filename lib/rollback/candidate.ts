import type { Commit } from "../git/commit.ts";
import type { ImageReference } from "../image/image-reference.ts";
import { imageVersion } from "../image/image-version.ts";
import { parsePinKey } from "../image/pin-keys.ts";
import type { Pins } from "../image/pins.ts";
import { isSameImage } from "../image/same-image.ts";
import { type Avoidance, avoidedStates } from "./avoided-states.ts";
import { type PinPeriod, pinPeriods } from "./pin-period.ts";
import type { PinMove } from "../history/pin-move.ts";

/** What is known of a state from what was seen. Times are RFC 3339 in UTC. */
export interface StateEvidence {
  /** The last time that all of it was seen Synced and Healthy; `undefined`: never. */
  readonly healthyAt: string | undefined;
  /** The last time that something of it was seen Degraded. */
  readonly degradedAt: string | undefined;
  /** The last time that Argo CD is known to have synced it. */
  readonly syncedAt: string | undefined;
}

/** A state that pins can go back to. */
export interface Candidate {
  /** How far back: 1 is what ran before the present. */
  readonly steps: number;
  readonly pins: Pins;
  /** As people call it. */
  readonly version: string;
  /** The last time that it ran. */
  readonly period: PinPeriod;
  /** The last commit of the branch that held it: its configuration is the newest that it ran with. */
  readonly lastCommit: string;
  readonly avoided: Avoidance | undefined;
  readonly evidence: StateEvidence;
}

/** What a service could go back to, and where it stands. */
export interface Candidates {
  /** `undefined` where the branch does not hold the pins yet. */
  readonly present: PinPeriod | undefined;
  /** As people call the present: by the pins that ever differed. */
  readonly version: string;
  /** Newest first, each state once. */
  readonly candidates: readonly Candidate[];
  /** Every period, oldest first. */
  readonly periods: readonly PinPeriod[];
}

/** What is asked of the world around the history. */
export interface CandidateFacts {
  /** Whether a commit says that it rolls back. */
  readonly isRollback: (commit: Commit) => boolean;
  /** What was seen while certain pins ran. */
  readonly evidenceOf: (pins: Pins) => StateEvidence;
}

/**
 * What some pins can go back to.
 *
 * @param moves - of these pins, newest first
 * @param present - the pins as they are now
 */
export function rollbackCandidates(moves: readonly PinMove[], present: Pins, { isRollback, evidenceOf }: CandidateFacts): Candidates {
  const periods = pinPeriods(moves, present);
  const now = periods.at(-1);
  const avoided = avoidedStates(periods, isRollback);
  const past = periods.filter(({ result, until }) => until !== undefined && result !== now?.result).toReversed();
  const distinct = past.filter(({ result }, index) => past.findIndex((other) => other.result === result) === index);
  const moving = movingKeys([present, ...past.flatMap(({ spellings }) => spellings)]);
  const candidates = distinct.map((period, index): Candidate => {
    const same = past.filter(({ result }) => result === period.result);
    const pins = period.spellings.at(-1) ?? new Map();
    return {
      steps: index + 1,
      pins,
      version: versionOf(pins, moving),
      period,
      lastCommit: period.until?.parents[0] ?? period.since.id,
      avoided: avoided.get(period.state),
      evidence: joined(same.flatMap(({ spellings }) => spellings).map(evidenceOf)),
    };
  });
  return { present: now, version: versionOf(present, moving), candidates, periods };
}

/**
 * `v1.2.0`, or each pin by its name where they differ: `app v1.5.0, app@canary v1.6.0`.
 *
 * @param wanted - the keys that matter. @default all
 */
export function versionOf(pins: Pins, wanted: ReadonlySet<string> = new Set()): string {
  const matter = [...pins].filter(([key]) => wanted.has(key));
  const versions = (matter.length === 0 ? [...pins] : matter).map(([key, reference]) => ({
    name: shortKey(key),
    version: imageVersion(reference),
  }));
  const [first] = versions;
  if (versions.every(({ version }) => version === first?.version)) return first?.version ?? "";
  return versions.map(({ name, version }) => `${name} ${version}`).join(", ");
}

/** Those that did not run the same image all the time. */
function movingKeys(states: readonly Pins[]): Set<string> {
  const [first, ...others] = states;
  const moved = ([key, image]: readonly [string, ImageReference]): boolean => {
    const before = first?.get(key);
    return before === undefined || !isSameImage(before, image);
  };
  return new Set(others.flatMap((pins) => [...pins].filter(moved).map(([key]) => key)));
}

function shortKey(key: string): string {
  const name = parsePinKey(key);
  return name === undefined ? key : key.slice(name.system.length + 1);
}

function joined(all: readonly StateEvidence[]): StateEvidence {
  const last = (times: readonly (string | undefined)[]): string | undefined =>
    times
      .filter((time) => time !== undefined)
      .sort()
      .at(-1);
  return {
    healthyAt: last(all.map(({ healthyAt }) => healthyAt)),
    degradedAt: last(all.map(({ degradedAt }) => degradedAt)),
    syncedAt: last(all.map(({ syncedAt }) => syncedAt)),
  };
}
