import { UserError } from "../../errors/user-error.ts";
import { stateOf } from "../../rollback/pin-period.ts";
import type { EditBase, PlannedEdit } from "../landing/landing.ts";
import type { RollbackCall, RollbackPlan } from "./plan-rollback.ts";
import type { RollbackOptions } from "./rollback-options.ts";

/**
 * A plan that goes on after a lost race only from the pins that it began with: a step back from what came meanwhile is another step, maybe to what was to
 * go. What is named by itself stays what it is.
 *
 * @param plan - throws UserError when the pins have moved
 */
export function fromSamePins(
  plan: (base: EditBase) => PlannedEdit<RollbackPlan>,
  { scope, options }: Pick<RollbackCall, "scope" | "options">,
): (base: EditBase) => PlannedEdit<RollbackPlan> {
  let first: string | undefined;
  return (base) => {
    const planned = plan(base);
    const { pins, version } = planned.value;
    const state = stateOf(pins, new Map());
    first ??= state;
    if (planned.edit === undefined || state === first || !isRelative(options)) return planned;
    throw new UserError(
      `'${scope.system.name}/${scope.service.name}' in '${scope.environment.name}' moved meanwhile: it is ${version} now`,
      {
        hint: "nothing was changed; look what runs, then run this again, or name the version by --to",
      },
    );
  };
}

/** Whether where it goes depends on what runs. */
function isRelative({ to }: Pick<RollbackOptions, "to">): boolean {
  return to === undefined || /^\d+-steps?$/.test(to);
}
