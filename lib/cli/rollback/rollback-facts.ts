import type { Observation } from "../../evidence/observation.ts";
import { evidenceOf } from "../../evidence/seen-healthy.ts";
import { weakestEvidence } from "../../evidence/weakest-evidence.ts";
import type { GitRepository } from "../../git/git-repository.ts";
import { deliveryFacts } from "../../history/delivery-facts.ts";
import { pinHistory } from "../../history/pin-history.ts";
import { pinsAt } from "../../history/pins-at.ts";
import type { Pins } from "../../image/pins.ts";
import { haveSameImages } from "../../image/same-image.ts";
import { type Candidates, rollbackCandidates, type StateEvidence } from "../../rollback/candidate.ts";
import type { DeliveringApplication } from "./delivering-applications.ts";
import type { RollbackScope } from "./rollback-scope.ts";

/** What is known beside the history. */
export interface Seen {
  readonly observations: readonly Observation[];
  /** As a cluster has them; none where it was not asked. */
  readonly applications: readonly DeliveringApplication[];
}

/**
 * What a service can go back to, with all that was seen of it.
 *
 * @param present - its pins as they are now
 */
export function candidatesOf(git: GitRepository, scope: RollbackScope, present: Pins, seen: Seen): Candidates {
  const moves = pinHistory(git, scope.environment.name).filter(({ key }) => scope.owns(key));
  return rollbackCandidates(moves, present, {
    isRollback: (commit) => deliveryFacts(commit).action === "rollback",
    evidenceOf: (pins) => evidenceOfState(git, scope, pins, seen),
  });
}

/** A set was healthy when all of it was, and Degraded when any of it was. */
function evidenceOfState(git: GitRepository, scope: RollbackScope, pins: Pins, { observations, applications }: Seen): StateEvidence {
  const texts = new Map([...pins].map(([key, reference]) => [key, reference.toString()]));
  const [environment, system] = [scope.environment.name, scope.system.name];
  const each = scope.services.map(({ name: service }) => evidenceOf(git, observations, { environment, system, service }, texts));
  const { healthyAt, degradedAt } = weakestEvidence(each);
  return {
    healthyAt,
    degradedAt,
    syncedAt: applications
      .map((application) => syncOf(git, environment, pins, application)?.deployedAt)
      .filter((time) => time !== undefined)
      .sort()
      .at(-1),
  };
}

/** An entry of Argo CD's own history. */
export interface HistoryEntry {
  /** As `argocd app rollback` takes it. */
  readonly id: number;
  /** The commit. */
  readonly revision: string;
  /** RFC 3339. */
  readonly deployedAt: string | undefined;
}

/** The newest sync of an Application that brought certain pins; `undefined` where Argo CD remembers none, or was not asked. */
export function syncOf(
  git: GitRepository,
  environment: string,
  pins: Pins,
  { report }: Pick<DeliveringApplication, "report">,
): HistoryEntry | undefined {
  for (const { id, revision, deployedAt } of report?.live?.history.toReversed() ?? []) {
    if (revision === undefined || git.commit(revision) === undefined) continue;
    if (haveSameImages(pinsAt(git, environment, revision), pins)) return { id, revision, deployedAt };
  }
  return undefined;
}
