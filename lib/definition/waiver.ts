import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";
import { isCalendarDay } from "./calendar-day.ts";
import { type RuleId, ruleIds } from "./rule-id.ts";
import { CallSite } from "./source-location.ts";
import { Value } from "./value.ts";

/** What an author says of a waiver. */
export interface WaiverProps {
  /** Why the rule does not hold here, for whoever reviews the definition. */
  readonly reason: string;
  /** The last day on which it holds: `2027-06-30`. From the next day on it is an error itself. */
  readonly until: string;
  /** The objects that it is for, as `<Kind>/<name>`. @default every object of what it stands on */
  readonly objects?: readonly string[];
  /** The environments that it is for. @default all of them */
  readonly environments?: readonly { readonly name: string }[];
}

/** Leave from a rule for a while: what the rule finds is shown as waived, and stops nobody. */
export class Waiver extends Value {
  readonly rule: RuleId;
  readonly reason: string;
  readonly until: string;
  readonly objects: readonly string[] | undefined;
  readonly environments: readonly string[] | undefined;
  readonly callSite: CallSite;

  private constructor(rule: RuleId, { reason, until, objects, environments }: WaiverProps, callSite: CallSite) {
    super();
    requireRule(rule);
    if (reason.trim() === "") throw new UserError(`the waiver of '${rule}' has no reason`, { hint: "say why the rule does not hold here" });
    requireDay(rule, until);
    this.rule = rule;
    this.reason = reason;
    this.until = until;
    this.objects = objects;
    this.environments = environments?.map(({ name }) => name);
    this.callSite = callSite;
  }

  /** For {@link waive}, which authors call. */
  static of(rule: RuleId, props: WaiverProps, callSite: CallSite): Waiver {
    return new Waiver(rule, props, callSite);
  }
}

/**
 * Waives a rule on the service, system or environment under whose `waivers` it is listed.
 *
 * @throws UserError when there is no such rule, the reason is empty or the day is none
 */
export function waive(rule: RuleId, props: WaiverProps): Waiver {
  return Waiver.of(rule, props, CallSite.of(waive));
}

/** Definitions run without their types being checked. */
function requireRule(rule: string): void {
  if (ruleIds.some((id) => id === rule)) return;
  throw new UserError(`there is no rule '${rule}' that can be waived`, {
    hint: `the nearest are: ${nearestNames(rule, ruleIds)}; what other stages report is mended, not waived`,
  });
}

function requireDay(rule: RuleId, until: string): void {
  if (!isCalendarDay(until))
    throw new UserError(`the waiver of '${rule}' ends on '${until}', which is no day`, { hint: "write it as '2027-06-30'" });
}
