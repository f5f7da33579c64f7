import { UserError } from "../errors/user-error.ts";
import type { Clock } from "./clock.ts";
import type { DriftSample } from "./drift-sample.ts";
import { deploymentReference, describeState, type DriftClusters, type DriftState, observeDrift } from "./drift-state.ts";
import type { DriftTarget } from "./drift-target.ts";
import type { Injection } from "./injection.ts";
import type { LiveDeployment } from "./live-deployment.ts";

/** Polls after the restoration in which the operation behind it may still show. */
const pollsForOperation = 8;

/** What one trial needs. */
export interface TrialOptions {
  readonly trial: number;
  readonly clusters: DriftClusters;
  readonly target: DriftTarget;
  readonly injection: Injection;
  /** The settled state that it starts from. */
  readonly before: DriftState & { readonly deployment: LiveDeployment };
  readonly expectedBackoffSeconds: number;
  readonly clock: Clock;
  /** Milliseconds. */
  readonly pollInterval: number;
  /** Milliseconds. */
  readonly timeout: number;
  readonly interrupt: AbortSignal;
}

/** What one trial found. */
export interface TrialResult {
  readonly sample: DriftSample;
  /** What a person reads of the state it was left in. */
  readonly state: string;
}

/** What has been seen since the damage; times in seconds. */
interface Sighting {
  state: DriftState | undefined;
  /** Why the last look saw nothing. */
  trouble: string | undefined;
  outOfSync: number | undefined;
  restored: number | undefined;
  interrupted: boolean;
}

/**
 * Damages the Deployment once and watches until it is as before. An interruption ends the watching, not the record.
 *
 * @throws Error when the damage could not be done
 */
export async function runTrial(options: TrialOptions): Promise<TrialResult> {
  const { clock, injection, before, clusters, target } = options;
  const containers = await containersNow(options);
  const start = clock.now();
  await injection.inject({ api: clusters.workload, reference: deploymentReference(target), target, before: before.deployment, containers });
  const seen = await watch(options, start);
  return {
    sample: {
      trial: options.trial,
      injection: injection.name,
      startedAt: clock.format(start),
      secondsToOutOfSync: seen.outOfSync,
      secondsToRestored: seen.restored,
      observedSeconds: seen.restored ?? (clock.now() - start) / 1000,
      outcome: seen.restored !== undefined ? "recovered" : seen.interrupted ? "interrupted" : "timed out",
      automatic: seen.restored === undefined ? undefined : (healedByItself(seen.state, before) ?? false),
      expectedBackoffSeconds: options.expectedBackoffSeconds,
      revision: before.application.revision,
    },
    state:
      seen.trouble ??
      `${describeState(seen.state)}; ${isUndone(seen.state, options) ? "the damage is undone" : "the damage is still there"}`,
  };
}

/** Looks until the restoration and the operation behind it were seen, or the time is over. */
async function watch(options: TrialOptions, start: number): Promise<Sighting> {
  const { clock, before, pollInterval, timeout } = options;
  const seen: Sighting = { state: undefined, trouble: undefined, outOfSync: undefined, restored: undefined, interrupted: false };
  let pollsLeft = pollsForOperation;
  for (;;) {
    await look(options, start, seen);
    const left = timeout - (clock.now() - start);
    if (seen.restored === undefined ? left <= 0 : healedByItself(seen.state, before) !== undefined || pollsLeft-- === 0) return seen;
    seen.interrupted = !(await slept(options, seen.restored === undefined ? Math.min(pollInterval, left) : pollInterval));
    if (seen.interrupted) return seen;
  }
}

async function look(options: TrialOptions, start: number, seen: Sighting): Promise<void> {
  try {
    seen.state = await observeDrift(options.clusters, options.target);
    seen.trouble = undefined;
  } catch (error) {
    // a server that does not answer for a moment ends no trial
    seen.trouble = error instanceof Error ? error.message : String(error);
    return;
  }
  const seconds = (options.clock.now() - start) / 1000;
  if (seen.state?.application.syncStatus === "OutOfSync") seen.outOfSync ??= seconds;
  if (seen.state !== undefined && isRestored(seen.state, options)) seen.restored ??= seconds;
}

/** Read right before the damage: a merge patch that writes back an older list would be damage of another kind. */
async function containersNow({ clusters, target }: TrialOptions): Promise<Readonly<Record<string, unknown>>[]> {
  const live = await clusters.workload.get(deploymentReference(target));
  if (live === undefined) throw new UserError(`the Deployment '${target.deployment.metadata.name}' is not there`);
  const spec = live.spec as { template?: { spec?: { containers?: Readonly<Record<string, unknown>>[] } } } | undefined;
  return spec?.template?.spec?.containers ?? [];
}

function isRestored(state: DriftState, options: TrialOptions): boolean {
  const { application, deployment, busy } = state;
  return deployment?.ready === true && !busy && application.syncStatus === "Synced" && isUndone(state, options);
}

function isUndone(state: DriftState | undefined, { before, injection, target }: TrialOptions): boolean {
  return state?.deployment !== undefined && injection.undone(before.deployment, state.deployment, target);
}

/** Whether Argo CD started the operation since the damage by itself; `undefined` where there was none, or it has not ended. */
function healedByItself(state: DriftState | undefined, before: DriftState): boolean | undefined {
  if (state === undefined || state.busy || state.operationId === before.operationId) return undefined;
  return state.application.operation?.automated === true && state.application.operation.phase === "Succeeded";
}

async function slept({ clock, interrupt }: TrialOptions, milliseconds: number): Promise<boolean> {
  try {
    await clock.sleep(milliseconds);
    return !interrupt.aborted;
  } catch (error) {
    if (interrupt.aborted) return false;
    throw error;
  }
}
