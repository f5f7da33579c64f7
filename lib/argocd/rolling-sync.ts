import { UserError } from "../errors/user-error.ts";

/** Applications that are synced together. */
export interface RollingSyncStep {
  /** Which Applications, by label; all must match. */
  readonly matchExpressions: readonly {
    readonly key: string;
    readonly operator: "In" | "NotIn";
    readonly values: readonly [string, ...string[]];
  }[];
  /** How many at once: a count, or a percentage of the step. 0 stops here. @default Argo CD's own: all */
  readonly maxUpdate?: number | `${number}%`;
}

/**
 * `spec.strategy` of an ApplicationSet: step after step, each healthy before the next. The controller then switches auto-sync off, syncs by itself,
 * and never syncs an Application that no step matches. Needs `applicationsetcontroller.enable.progressive.syncs`.
 *
 * @throws UserError when there is no step, a step matches nothing, or `maxUpdate` is neither a count nor a percentage
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Progressive-Syncs/
 */
export function rollingSyncStrategy(steps: readonly RollingSyncStep[]): object {
  if (steps.length === 0) throw new UserError("the rolling sync has no step");
  steps.forEach(({ matchExpressions, maxUpdate }, index) => {
    if (matchExpressions.length === 0) throw new UserError(`step ${index + 1} of the rolling sync matches nothing`);
    if (maxUpdate === undefined || /^(\d+|\d{1,2}%|100%)$/.test(String(maxUpdate))) return;
    throw new UserError(`maxUpdate of step ${index + 1} of the rolling sync is neither a count nor a percentage, got '${maxUpdate}'`);
  });
  return { type: "RollingSync", rollingSync: { steps } };
}
