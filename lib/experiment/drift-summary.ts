import type { DriftSample } from "./drift-sample.ts";
import { type MannWhitney, mannWhitney } from "./mann-whitney.ts";
import type { ManualTime } from "./manual-times.ts";
import type { Between } from "./run-experiment.ts";
import { type Spread, spreadOf } from "./spread.ts";

/** What was tried, where and how: it stands beside the figures. */
export interface DriftSetting {
  readonly service: string;
  readonly environment: string;
  readonly cluster: string;
  readonly application: string;
  readonly deployment: string;
  readonly context: string;
  readonly server: string;
  readonly injection: string;
  readonly between: Between;
  /** How many trials were wanted. */
  readonly trials: number;
  readonly pollIntervalSeconds: number;
  readonly timeoutSeconds: number;
  /** A trial passes below this. */
  readonly thresholdSeconds: number;
}

/** What the samples say; a stable shape, written as JSON. */
export interface DriftSummary {
  readonly setting: DriftSetting;
  readonly measured: {
    readonly trials: number;
    readonly recovered: number;
    readonly automatic: number;
    readonly timedOut: number;
    readonly interrupted: number;
  };
  /** Of trials that recovered. */
  readonly secondsToRestored: Spread | null;
  /** Of trials where it was seen. */
  readonly secondsToOutOfSync: Spread | null;
  /** Trials that recovered below the threshold, of those that were not interrupted; 0 to 1. */
  readonly shareWithinThreshold: number | null;
  readonly verdict: DriftVerdict;
  readonly manual: ManualComparison | null;
  /** Why it ended early. */
  readonly stopped: string | null;
}

/** Whether every trial recovered, by Argo CD itself, below the threshold; `null` where none was measured to its end. */
export interface DriftVerdict {
  readonly asMeasured: boolean | null;
  /** With the expected back-off taken off each time. */
  readonly withoutBackoff: boolean | null;
}

/** Putting it right by hand against Argo CD. */
export interface ManualComparison {
  readonly seconds: Spread;
  /** How many times as long the median by hand is. */
  readonly ratioOfMedians: number | null;
  /** `u` is that of the times by hand. A trial that timed out counts with the time it was watched. */
  readonly test: MannWhitney | null;
  /** How many trials stand against the times by hand: those that were not interrupted. */
  readonly automaticTrials: number;
}

/** Sums samples up. */
export function summarizeDrift(
  setting: DriftSetting,
  samples: readonly DriftSample[],
  { manual = [], stopped }: { readonly manual?: readonly ManualTime[]; readonly stopped?: string | undefined } = {},
): DriftSummary {
  const judged = samples.filter(({ outcome }) => outcome !== "interrupted");
  const within = (backoff: (sample: DriftSample) => number) => (sample: DriftSample) =>
    sample.secondsToRestored !== undefined && sample.secondsToRestored - backoff(sample) < setting.thresholdSeconds;
  const asMeasured = within(() => 0);
  const verdict = (passes: (sample: DriftSample) => boolean): boolean | null =>
    judged.length === 0 ? null : judged.every((sample) => sample.automatic === true && passes(sample));
  const count = (outcome: DriftSample["outcome"]): number => samples.filter((sample) => sample.outcome === outcome).length;
  return {
    setting,
    measured: {
      trials: samples.length,
      recovered: count("recovered"),
      automatic: samples.filter(({ automatic }) => automatic).length,
      timedOut: count("timed out"),
      interrupted: count("interrupted"),
    },
    secondsToRestored: spreadOf(samples.flatMap(({ secondsToRestored }) => secondsToRestored ?? [])) ?? null,
    secondsToOutOfSync: spreadOf(samples.flatMap(({ secondsToOutOfSync }) => secondsToOutOfSync ?? [])) ?? null,
    shareWithinThreshold: judged.length === 0 ? null : judged.filter(asMeasured).length / judged.length,
    verdict: {
      asMeasured: verdict(asMeasured),
      withoutBackoff: verdict(within(({ expectedBackoffSeconds }) => expectedBackoffSeconds)),
    },
    manual: compare(manual, judged),
    stopped: stopped ?? null,
  };
}

function compare(manual: readonly ManualTime[], judged: readonly DriftSample[]): ManualComparison | null {
  const byHand = manual.map(({ totalSeconds }) => totalSeconds);
  const seconds = spreadOf(byHand);
  if (seconds === undefined) return null;
  const automatic = judged.map(({ secondsToRestored, observedSeconds }) => secondsToRestored ?? observedSeconds);
  const middle = spreadOf(automatic)?.median;
  return {
    seconds,
    ratioOfMedians: middle === undefined || middle === 0 ? null : seconds.median / middle,
    test: automatic.length === 0 ? null : mannWhitney(byHand, automatic),
    automaticTrials: automatic.length,
  };
}
