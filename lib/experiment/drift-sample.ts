/** What one trial measured. */
export interface DriftSample {
  /** Counts from 1. */
  readonly trial: number;
  /** The name of the injection. */
  readonly injection: string;
  /** When the damage was done; RFC 3339. */
  readonly startedAt: string;
  /** `undefined` where healing was faster than one poll, or Argo CD never saw it. */
  readonly secondsToOutOfSync: number | undefined;
  /** Until the Deployment was as before and ready and the Application Synced; `undefined` where that was not seen. */
  readonly secondsToRestored: number | undefined;
  /** How long the trial was watched. */
  readonly observedSeconds: number;
  readonly outcome: "recovered" | "timed out" | "interrupted";
  /** Whether Argo CD itself started the sync that restored it; `undefined` where nothing was restored. */
  readonly automatic: boolean | undefined;
  /** How long Argo CD's back-off still held a self-heal back when the damage was done. */
  readonly expectedBackoffSeconds: number;
  /** The commit that Git stood at. */
  readonly revision: string | undefined;
}

const header =
  "trial,injection,startedAt,secondsToOutOfSync,secondsToRestored,observedSeconds,recovered,outcome,automatic,expectedBackoffSeconds,revision";

/** Samples as CSV, one line each. What was not seen is empty, never 0. */
export function samplesAsCsv(samples: readonly DriftSample[]): string {
  const rows = samples.map((sample) =>
    [
      sample.trial,
      sample.injection,
      sample.startedAt,
      seconds(sample.secondsToOutOfSync),
      seconds(sample.secondsToRestored),
      seconds(sample.observedSeconds),
      sample.outcome === "recovered",
      sample.outcome,
      sample.automatic ?? "",
      seconds(sample.expectedBackoffSeconds),
      sample.revision ?? "",
    ].join(","),
  );
  return `${[header, ...rows].join("\n")}\n`;
}

function seconds(value: number | undefined): string {
  return value === undefined ? "" : value.toFixed(2);
}
