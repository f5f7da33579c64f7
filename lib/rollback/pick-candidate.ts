import type { Candidate, StateEvidence } from "./candidate.ts";

/** What a rollback goes back to by itself, and how it is known. */
export interface PickedCandidate {
  readonly candidate: Candidate;
  /** What it is known by: `seen Synced and Healthy at 2026-11-20T08:00:00Z`. */
  readonly evidence: string;
}

/**
 * The last state that was seen Synced and Healthy, unless it was Degraded after that. Where nothing was ever seen so, the one before, preferably
 * one that Argo CD is known to have synced; never one that was taken back, or was last seen Degraded.
 *
 * @param candidates - newest first
 * @returns `undefined` where none is left
 */
export function pickCandidate(candidates: readonly Candidate[]): PickedCandidate | undefined {
  const open = candidates.filter(({ avoided, evidence }) => avoided === undefined && !isDegraded(evidence));
  const healthy = open.find(({ evidence }) => evidence.healthyAt !== undefined);
  const candidate = healthy ?? open.find(({ evidence }) => evidence.syncedAt !== undefined) ?? open[0];
  if (candidate === undefined) return undefined;
  const place =
    candidate.steps === 1 || openBefore(candidate, candidates).length === 0 ? "the one before" : `${candidate.steps} steps back`;
  const seen = seenText(candidate, candidates);
  return { candidate, evidence: candidate === healthy ? seen : `${place}, ${seen}` };
}

/** What was seen of a state. */
export function seenText({ evidence: { healthyAt, degradedAt, syncedAt }, ...candidate }: Candidate, all: readonly Candidate[]): string {
  if (healthyAt !== undefined && !isDegraded({ healthyAt, degradedAt, syncedAt })) {
    const unknown = openBefore(candidate, all).filter(
      ({ evidence }) => evidence.healthyAt === undefined && evidence.degradedAt === undefined,
    ).length;
    const newer = unknown === 0 ? "" : `; of ${unknown} that came after it nobody knows`;
    return `seen Synced and Healthy at ${healthyAt}${newer}`;
  }
  if (degradedAt !== undefined) return `seen Degraded at ${degradedAt}`;
  return syncedAt === undefined ? "nobody saw it healthy" : `synced at ${syncedAt}, nobody saw it healthy`;
}

function openBefore({ steps }: Pick<Candidate, "steps">, all: readonly Candidate[]): Candidate[] {
  return all.filter((other) => other.steps < steps && other.avoided === undefined);
}

/** Whether it was last seen Degraded. */
export function isDegraded({ healthyAt = "", degradedAt }: StateEvidence): boolean {
  return degradedAt !== undefined && degradedAt >= healthyAt;
}
