import { UserError } from "../errors/user-error.ts";
import type { FreezePeriod } from "./freeze-period.ts";
import { requireGoDuration } from "./go-duration.ts";

/** What stands before pins that move into an environment. A deviation of a system takes the place of the environment's as a whole. */
export interface PromotionPolicy {
  /**
   * How long a pin must have run in the environment before: a Go duration, `24h`. Counted from the commit that set it there, or, where health
   * is required, from when it was first seen Synced and Healthy.
   * @default no time
   */
  readonly soak?: string;
  /**
   * `required`: what runs it in the environment before must be Synced and Healthy, as a cluster or an evidence file tells.
   * @default "ignored"
   */
  readonly health?: "required" | "ignored";
  /** When nothing moves. @default never */
  readonly freezes?: readonly FreezePeriod[];
  /** How many people approve a pull request; the branch protection of the repository enforces it. @default 1 where `approval` is "pull-request" */
  readonly approvals?: number;
}

/**
 * Checks what definitions say of a promotion, whose types nobody may have checked.
 *
 * @param whose - for the error: `environment 'production'`
 * @throws UserError when the soak time is no duration, or the approvals are no count
 */
export function requirePromotionPolicy(whose: string, { soak, approvals }: PromotionPolicy = {}): void {
  if (soak !== undefined) requireGoDuration(`soak time of ${whose}`, soak);
  if (approvals !== undefined && !(Number.isInteger(approvals) && approvals >= 1))
    throw new UserError(`${whose} asks for '${approvals}' approvals, which is no count of people`, { hint: "write 1 or more" });
}
