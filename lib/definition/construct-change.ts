import type { Change } from "./change.ts";
import { CallSite } from "./source-location.ts";
import type { WorkloadClass } from "./workload-class.ts";

/** A change to every service of one construct in an environment. */
export interface ConstructChange {
  readonly construct: WorkloadClass<never>;
  readonly change: object;
  readonly callSite: CallSite;
}

/** Changes every service of one construct; for the `changes` of an environment. */
export function overlayAll<P extends object>(construct: WorkloadClass<P>, change: NoInfer<Change<P>>): ConstructChange {
  return { construct: construct, change: change, callSite: CallSite.of(overlayAll) };
}
