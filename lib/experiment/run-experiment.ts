import { UserError } from "../errors/user-error.ts";
import type { DriftSample } from "./drift-sample.ts";
import { describeState, type DriftState, isAtRest, observeDrift } from "./drift-state.ts";
import type { LiveDeployment } from "./live-deployment.ts";
import { runTrial, type TrialOptions } from "./run-trial.ts";
import type { SelfHealBackoff } from "./self-heal-backoff.ts";

/** Argo CD writes times in whole seconds, and its clock need not be this one. */
const backoffMargin = 2000;

/** What happens between two trials: wait the back-off out, wait for a sync that sets it back, or nothing. */
export type Between = "pause" | "commit" | "none";

/** What an experiment needs. */
export interface ExperimentOptions extends Omit<TrialOptions, "trial" | "before" | "expectedBackoffSeconds"> {
  readonly trials: number;
  readonly between: Between;
  /** With `pause`: at least so long between trials, in milliseconds. */
  readonly pause: number;
  readonly backoff: SelfHealBackoff;
  /** Tells how it goes, a line at a time. */
  readonly tell: (line: string) => void;
  /** Called after each trial with all that was measured so far. */
  readonly record: (samples: readonly DriftSample[]) => void;
}

/** What an experiment measured. */
export interface ExperimentResult {
  readonly samples: readonly DriftSample[];
  /** Why it ended before its last trial; `undefined` where it did not. */
  readonly stopped: string | undefined;
}

type SettledState = DriftState & { readonly deployment: LiveDeployment };

/**
 * Runs the trials one after the other, each from a settled state. It stops early when a trial did not recover, when the next one finds
 * nothing settled, or when it is interrupted; what was measured is kept.
 *
 * @throws UserError when nothing is settled before the first trial
 */
export async function runExperiment(options: ExperimentOptions): Promise<ExperimentResult> {
  const { trials, tell, record, interrupt } = options;
  const samples: DriftSample[] = [];
  while (samples.length < trials) {
    const trial = samples.length + 1;
    let before: SettledState;
    try {
      before = await nextStart(options, trial);
    } catch (error) {
      if (samples.length === 0 || !(error instanceof UserError)) throw error;
      return { samples, stopped: interrupt.aborted ? `interrupted before trial ${trial}` : error.message };
    }
    const expectedBackoffSeconds = remainingBackoff(before, options) / 1000;
    tell(`trial ${trial} of ${trials}: ${options.injection.does} (expected back-off ${expectedBackoffSeconds.toFixed(0)} s)`);
    const { sample, state } = await runTrial({ ...options, trial, before, expectedBackoffSeconds });
    samples.push(sample);
    record(samples);
    tell(`  ${outcomeText(sample)}`);
    if (sample.outcome !== "recovered") {
      tell(`  now ${state}`);
      tell(`  to restore it at once: argocd app sync ${options.target.application.metadata.name}`);
      return {
        samples,
        stopped: `trial ${trial} ${sample.outcome === "interrupted" ? "was interrupted" : "did not recover in time"}: ${state}`,
      };
    }
  }
  return { samples, stopped: undefined };
}

/**
 * What to expect of the back-off before anything is touched, a line for each trial.
 *
 * @param state - the Application as it is now
 */
export function planTrials(
  state: DriftState,
  { trials, between, backoff }: Pick<ExperimentOptions, "trials" | "between" | "backoff">,
): string[] {
  return Array.from({ length: trials }, (_, index) => {
    const seconds = backoff.secondsAfter(state.attempts + index);
    const effect = {
      pause: `up to ${seconds} s, waited out first`,
      commit: "none, after a commit that sets it back",
      none: `up to ${seconds} s, part of the time measured`,
    };
    return `trial ${index + 1}: back-off ${seconds === 0 ? "none" : effect[between]}`;
  });
}

/** The settled state that the next trial starts from, once the back-off is dealt with. */
async function nextStart(options: ExperimentOptions, trial: number): Promise<SettledState> {
  const { between, clock, pause, tell } = options;
  const state = await settled(options);
  if (between === "commit" && state.attempts > 0 && (trial > 1 || remainingBackoff(state, options) > 0)) {
    tell(`waiting for a commit that changes ${state.application.source.path ?? "the Application"} (or a sync by hand)`);
    return settled(options, ({ attempts }) => attempts === 0);
  }
  if (between !== "pause") return state;
  const wait = Math.max(trial > 1 ? pause : 0, remainingBackoff(state, options, backoffMargin));
  if (wait === 0) return state;
  tell(`waiting ${Math.ceil(wait / 1000)} s until the back-off is over`);
  await clock.sleep(wait);
  return settled(options);
}

/** Waits for a settled state that is also `fit`. */
async function settled(options: ExperimentOptions, fit: (state: DriftState) => boolean = () => true): Promise<SettledState> {
  const { clusters, target, clock, pollInterval, timeout } = options;
  const start = clock.now();
  for (;;) {
    const state = await observeDrift(clusters, target);
    if (state?.deployment !== undefined && isAtRest(state) && fit(state)) return { ...state, deployment: state.deployment };
    if (clock.now() - start >= timeout) {
      const { name } = target.application.metadata;
      throw new UserError(`the Application '${name}' did not settle within ${timeout / 1000} s: ${describeState(state)}`, {
        hint: "a trial starts where everything is Synced, Healthy and ready",
      });
    }
    await clock.sleep(pollInterval);
  }
}

/** Milliseconds, 0 where nothing holds a self-heal back. @param margin - added where there is a back-off at all */
function remainingBackoff({ application, attempts }: DriftState, { backoff, clock }: ExperimentOptions, margin = 0): number {
  const finishedAt = application.operation?.finishedAt;
  const delay = backoff.secondsAfter(attempts) * 1000;
  if (finishedAt === undefined || delay === 0) return 0;
  return Math.max(0, delay + margin - (clock.now() - clock.parse(finishedAt)));
}

function outcomeText({ outcome, secondsToRestored, secondsToOutOfSync, automatic, observedSeconds }: DriftSample): string {
  if (secondsToRestored === undefined) return `${outcome} after ${observedSeconds.toFixed(2)} s`;
  const seen = secondsToOutOfSync === undefined ? "OutOfSync not seen" : `OutOfSync after ${secondsToOutOfSync.toFixed(2)} s`;
  return `restored after ${secondsToRestored.toFixed(2)} s, ${seen}, ${automatic === true ? "by Argo CD itself" : "not by Argo CD itself"}`;
}
