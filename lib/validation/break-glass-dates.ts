import { breakGlassSubject } from "../definition/break-glass.ts";
import type { Definitions } from "../definition/definitions.ts";
import type { Issue } from "../manifest/issue.ts";
import type { WaiverDays } from "./waiver-dates.ts";

/** The id under which break-glass overrides are reported. */
const breakGlassRule = "break-glass";

/** Break-glass overrides that have ended, and those that will end soon. */
export function breakGlassDates({ systems }: Definitions, { today, soon }: WaiverDays): Issue[] {
  return systems.flatMap((system) =>
    (system.breakGlass ?? [])
      .filter(({ until }) => until < soon)
      .map((entry) => {
        const ended = entry.until < today;
        return {
          severity: ended ? "error" : "warning",
          rule: breakGlassRule,
          message: `${breakGlassSubject(system.name, entry.environment.name)} ${ended ? "ended" : "ends"} on ${entry.until}`,
          hint: `take it out, or give it a later day: ${entry.reason} (${entry.ticket})`,
          source: entry.callSite,
        };
      }),
  );
}
