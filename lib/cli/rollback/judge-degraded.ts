import type { GitRepository } from "../../git/git-repository.ts";
import { shortId } from "../../git/short-id.ts";
import { pinsAt } from "../../history/pins-at.ts";
import type { Pins } from "../../image/pins.ts";
import { haveSameImages } from "../../image/same-image.ts";
import type { DeliveringApplication } from "./delivering-applications.ts";

/** Whether what runs now is broken, and what was seen. */
export interface DegradedVerdict {
  readonly degraded: boolean;
  /** A sentence for each Application. */
  readonly seen: readonly string[];
}

/**
 * Whether an Application that delivers a service is Degraded while it runs the service's present pins: what else it may be Degraded for is
 * nothing that a rollback of these pins cures.
 */
export function judgeDegraded(
  git: GitRepository,
  environment: string,
  present: Pins,
  applications: readonly DeliveringApplication[],
): DegradedVerdict {
  const verdicts = applications.map((application) => judge(git, environment, present, application));
  return { degraded: verdicts.some(({ degraded }) => degraded), seen: verdicts.map(({ seen }) => seen) };
}

function judge(
  git: GitRepository,
  environment: string,
  present: Pins,
  { name, report }: DeliveringApplication,
): { readonly degraded: boolean; readonly seen: string } {
  const live = report?.live;
  if (live === undefined) return { degraded: false, seen: `the cluster has no Application '${name}' of ours` };
  const health = live.healthStatus ?? "not known";
  if (health !== "Degraded") return { degraded: false, seen: `'${name}' is ${health}` };
  const runs = runningRevision(report);
  if (runs === undefined || git.commit(runs) === undefined) {
    return { degraded: false, seen: `'${name}' is Degraded, and this clone cannot tell what it runs: git fetch` };
  }
  return haveSameImages(pinsAt(git, environment, runs), present)
    ? { degraded: true, seen: `'${name}' is Degraded at ${shortId(runs)}` }
    : { degraded: false, seen: `'${name}' is Degraded at ${shortId(runs)}, which does not run the present pins` };
}

/** What is in the cluster: the commit that it is in sync with, else the last one that was synced. */
function runningRevision(report: DeliveringApplication["report"]): string | undefined {
  const live = report?.live;
  return live?.syncStatus === "Synced" ? live.revision : live?.history.at(-1)?.revision;
}
