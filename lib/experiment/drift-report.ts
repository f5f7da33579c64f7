import type { DriftSummary, ManualComparison } from "./drift-summary.ts";
import type { Spread } from "./spread.ts";

/** Below so many values on a side a test can hardly ever say that there is a difference. */
const fewTrials = 5;

/** A summary as a page of Markdown. */
export function driftReport(summary: DriftSummary): string {
  const { setting, measured, verdict } = summary;
  const lines = [
    `# Drift recovery of ${setting.service} in ${setting.environment}`,
    "",
    `Verdict, every trial healed by Argo CD itself in less than ${setting.thresholdSeconds} s: **${verdictText(verdict.asMeasured)}**`,
    ...(setting.between === "none" ? [`With the expected back-off taken off: **${verdictText(verdict.withoutBackoff)}**`] : []),
    ...(summary.stopped === null ? [] : ["", `Ended early: ${summary.stopped}.`]),
    "",
    "| | |",
    "|---|---|",
    `| trials | ${measured.trials} of ${setting.trials}: ${measured.recovered} recovered (${measured.automatic} by Argo CD itself), ${measured.timedOut} timed out, ${measured.interrupted} interrupted |`,
    `| seconds until restored | ${spreadText(summary.secondsToRestored)} |`,
    `| seconds until OutOfSync | ${spreadText(summary.secondsToOutOfSync)}${seenText(summary)} |`,
    `| below ${setting.thresholdSeconds} s | ${summary.shareWithinThreshold === null ? "nothing to judge" : `${(summary.shareWithinThreshold * 100).toFixed(0)} %`} |`,
    ...(summary.manual === null ? [] : manualRows(summary.manual)),
    `| injection | ${setting.injection} |`,
    `| between trials | ${setting.between} |`,
    `| resolution | ${setting.pollIntervalSeconds} s; watched for ${setting.timeoutSeconds} s at most |`,
    `| Application | ${setting.application}; Deployment ${setting.deployment} on cluster ${setting.cluster} |`,
    `| context | ${setting.context} (${setting.server}) |`,
    "",
    ...notes(summary),
    "",
  ];
  return lines.join("\n");
}

function verdictText(verdict: boolean | null): string {
  return verdict === null ? "nothing to judge" : verdict ? "yes" : "no";
}

function spreadText(spread: Spread | null): string {
  if (spread === null) return "not seen";
  return `median ${spread.median.toFixed(2)}, from ${spread.min.toFixed(2)} to ${spread.max.toFixed(2)} (n = ${spread.n})`;
}

function seenText({ secondsToOutOfSync, measured }: DriftSummary): string {
  const missed = measured.trials - (secondsToOutOfSync?.n ?? 0);
  return missed === 0 ? "" : `; not seen in ${missed}`;
}

function manualRows({ seconds, ratioOfMedians, test }: ManualComparison): string[] {
  return [
    `| seconds by hand | ${spreadText(seconds)} |`,
    ...(ratioOfMedians === null ? [] : [`| by hand against automatic | the median is ${ratioOfMedians.toFixed(1)} times as long |`]),
    ...(test === null ? [] : [`| Mann-Whitney U, two-sided | U = ${test.u}, p = ${test.p.toPrecision(3)} (${test.method}) |`]),
  ];
}

function notes({ setting, measured, manual }: DriftSummary): string[] {
  const small = Math.min(measured.trials - measured.interrupted, manual?.seconds.n ?? Infinity);
  return [
    "- Drift recovery time is not DORA's failed deployment recovery time: nobody deployed anything here. Report the two apart.",
    ...(small < fewTrials ? [`- Small samples (n = ${small} on a side): take the figures as a hint, whatever p says.`] : []),
    ...(measured.timedOut > 0
      ? [`- A trial that timed out has no time: its real one is longer than ${setting.timeoutSeconds} s. It counts against the verdict.`]
      : []),
    ...(setting.between === "none" ? ["- Back-to-back trials on one revision measure Argo CD's back-off more than its healing."] : []),
  ];
}
