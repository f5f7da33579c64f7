import type { Definitions } from "../definition/definitions.ts";
import type { Issue } from "../manifest/issue.ts";
import { placedWaivers, waiverRule } from "./apply-waivers.ts";

/** Days by name, as `2027-06-30`: an input of its own, so that an old revision still renders to the same bytes. */
export interface WaiverDays {
  readonly today: string;
  /** Waivers that end before this day are named. */
  readonly soon: string;
}

/** Waivers that have ended, and those that will end soon. */
export function waiverDates(definitions: Definitions, { today, soon }: WaiverDays): Issue[] {
  return placedWaivers(definitions)
    .filter(({ waiver }) => waiver.until < soon)
    .map(({ waiver, title }) => {
      const ended = waiver.until < today;
      return {
        severity: ended ? "error" : "warning",
        rule: waiverRule,
        message: `the waiver of '${waiver.rule}' on ${title} ${ended ? "ended" : "ends"} on ${waiver.until}`,
        hint: `mend what it waives, or give it a later day: ${waiver.reason}`,
        source: waiver.callSite,
      };
    });
}
