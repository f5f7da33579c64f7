import type { Issue } from "../manifest/issue.ts";
import { hasEnded } from "./hold.ts";
import { type Holds, holdsRule } from "./holds.ts";

/**
 * Holds that hold nothing any more: warnings, for an ended hold stands in nobody's way.
 *
 * @param holds - by environment
 * @param now - RFC 3339 in UTC
 */
export function endedHolds(holds: ReadonlyMap<string, Holds>, now: string): Issue[] {
  return [...holds].flatMap(([environment, { file, holds: own }]) =>
    [...own.values()]
      .filter((hold) => hasEnded(hold, now))
      .map(({ target, until, line }) => ({
        severity: "warning",
        rule: holdsRule,
        message: `the hold of '${target}' in '${environment}' ended at ${until}`,
        hint: `take it out: keelson hold release ${target === "*" ? "" : `${target} `}--environment ${environment}`,
        position: { file, line },
      })),
  );
}
