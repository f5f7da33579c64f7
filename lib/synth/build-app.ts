import { App, Chart } from "cdk8s";
import type { WorkloadClass } from "../definition/workload-class.ts";
import { asMistyped } from "../errors/mistyped.ts";
import { UserError } from "../errors/user-error.ts";
import { resolveProps } from "../overlay/resolve-props.ts";
import type { ResolvedUnit } from "./resolve-systems.ts";

/**
 * Stage 2: a unit becomes a cdk8s App of its own. One small App a unit is linear; one App for all is quadratic in cdk8s.
 *
 * @throws UserError with the unit's title in front, when the construct refuses its props, or they are of wrong types
 */
export function buildApp(unit: ResolvedUnit): App {
  return inApp((chart) => {
    const construct = unit.construct as WorkloadClass<object>;
    try {
      new construct(chart, unit.name, { ...resolveProps(unit.layers), context: unit.context });
    } catch (error) {
      if (!(error instanceof UserError)) {
        const subject = `${unit.title}: the construct failed on its props`;
        throw asMistyped(error, { subject, at: unit.callSite }) ?? new Error(subject, { cause: error });
      }
      throw new UserError(`${unit.title}: ${error.message}`, {
        cause: error,
        at: unit.callSite,
        ...(error.hint !== undefined && { hint: error.hint }),
      });
    }
  });
}

/** An App with one chart that `build` fills. The output folder is named and never written: files are the line's own business. */
export function inApp(build: (chart: Chart) => void): App {
  const app = new App({ outdir: "unused" });
  build(new Chart(app, "unit", { disableResourceNameHashes: true }));
  return app;
}
