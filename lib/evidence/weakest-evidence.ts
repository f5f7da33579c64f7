import type { PinEvidence } from "./pin-evidence.ts";

/** What is known of several things that run the same pins, taken together: healthy since the last of them was, and as long as all were. */
export function weakestEvidence(evidence: readonly PinEvidence[]): PinEvidence {
  // what is not known sorts last
  const latest = (times: readonly (string | undefined)[]): string | undefined => [...times].sort().at(-1);
  const healthyAt = evidence.map((entry) => entry.healthyAt);
  return {
    healthyAt: healthyAt.includes(undefined) ? undefined : [...healthyAt].sort()[0],
    healthySince: latest(evidence.map((entry) => entry.healthySince)),
    degradedAt: latest(evidence.flatMap((entry) => entry.degradedAt ?? [])),
  };
}
