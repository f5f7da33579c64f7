import type { Commit } from "../git/commit.ts";
import type { PinPeriod } from "./pin-period.ts";

/** Why a state is not gone back to unless somebody names it. */
export interface Avoidance {
  /** `passed-over`: a rollback of something newer went further back than here. */
  readonly kind: "rolled-back" | "passed-over";
  /** The commit that took it back. */
  readonly by: Commit;
}

/**
 * The states that were taken back, and not put forward again since. A move to what ran before is a rollback, by whatever tool; a move to what was
 * itself taken back is a second try.
 *
 * @param periods - oldest first
 * @param isRollback - whether a commit says that it rolls back
 */
export function avoidedStates(periods: readonly PinPeriod[], isRollback: (commit: Commit) => boolean): ReadonlyMap<string, Avoidance> {
  const avoided = new Map<string, Avoidance>();
  periods.forEach((to, index) => {
    const from = periods[index - 1];
    const earlier = periods.slice(0, index).findLastIndex(({ state }) => state === to.state);
    const isSecondTry = avoided.delete(to.state);
    if (from === undefined || !(isRollback(to.origin) || (earlier >= 0 && !isSecondTry))) return;
    for (const { state } of periods.slice(earlier < 0 ? index - 1 : earlier + 1, index)) {
      if (state === to.state) continue;
      if (state === from.state) avoided.set(state, { kind: "rolled-back", by: to.since });
      else if (!avoided.has(state)) avoided.set(state, { kind: "passed-over", by: to.since });
    }
  });
  return avoided;
}
