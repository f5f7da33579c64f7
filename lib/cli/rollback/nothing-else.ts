import type { PinPeriod } from "../../rollback/pin-period.ts";

/** Why there is no candidate. */
export function nothingElse(periods: readonly PinPeriod[]): string {
  return periods.length > 1
    ? "what ran before differs in pins that were added since, and a rollback leaves those"
    : "nothing else ran there yet";
}
