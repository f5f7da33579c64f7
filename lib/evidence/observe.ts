import type { LiveApplication } from "../cluster/application.ts";
import type { ApplicationReport } from "../cluster/application-report.ts";
import type { DeliveryState } from "../cluster/delivery-state.ts";
import type { StatusReport } from "../cluster/status-report.ts";
import { wholeSecond } from "../definition/instant.ts";
import type { Observation } from "./observation.ts";

/** What is not there, is not ours, reads or deploys something else, or was compared too long ago, tells nothing of what Git says. */
const tellsNothing: readonly DeliveryState[] = ["missing", "foreign", "deleting", "diverted", "unknown"];

/**
 * What a look at a cluster tells of the services that were delivered, in the order of the Applications' names.
 *
 * @param at - when it was; RFC 3339 in UTC
 */
export function observationsOf({ applications }: StatusReport, at: string): Observation[] {
  const second = wholeSecond(at);
  return applications
    .filter(({ state }) => !tellsNothing.includes(state))
    .flatMap((application) => observe(application, second))
    .sort((a, b) => (a.application < b.application ? -1 : 1));
}

function observe({ name, environment, system, path, state, live }: ApplicationReport, at: string): Observation[] {
  // the root, and what belongs to a whole cluster, run no pins
  if (live?.revision === undefined || environment === undefined || system === undefined) return [];
  const { revision, syncStatus: sync = "Unknown", healthStatus: health = "Unknown", images } = live;
  const unsettled = state === "failed" || isMoving(live);
  const more = { ...(unsettled && { unsettled }), ...(images.length > 0 && { images }) };
  return [{ at, application: name, environment, system, path, revision, sync, health, ...more }];
}

/** A sync runs, or Argo CD still shows what it compared before the last one. */
function isMoving({ operation, reconciledAt }: LiveApplication): boolean {
  const { phase, finishedAt } = operation ?? {};
  if (phase === "Running" || phase === "Terminating") return true;
  return finishedAt !== undefined && reconciledAt !== undefined && reconciledAt < finishedAt;
}
