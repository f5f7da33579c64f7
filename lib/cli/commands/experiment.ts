import type { Command } from "commander";
import type { Definitions } from "../../definition/definitions.ts";
import { UserError } from "../../errors/user-error.ts";
import type { Clock } from "../../experiment/clock.ts";
import { driftReport } from "../../experiment/drift-report.ts";
import { type DriftSample, samplesAsCsv } from "../../experiment/drift-sample.ts";
import { deploymentReference } from "../../experiment/drift-state.ts";
import { type DriftSetting, summarizeDrift } from "../../experiment/drift-summary.ts";
import { injections } from "../../experiment/injections.ts";
import type { ManualTime } from "../../experiment/manual-times.ts";
import { planTrials, runExperiment } from "../../experiment/run-experiment.ts";
import type { OutputFolder } from "../../synth/output-folder.ts";
import type { CommandContext } from "../command-context.ts";
import { addDriftOptions, driftManualTimes, type DriftOptions, driftTimes, type DriftTimes } from "../drift-options.ts";
import type { Io } from "../io.ts";
import { prepareDrift, type PreparedDrift } from "../prepare-drift.ts";

/** `keelson experiment`. */
export function addExperimentCommand(program: Command, { definitions, io, done }: CommandContext): void {
  const command = program
    .command("experiment")
    .description("measure something on a live cluster")
    .command("drift")
    .description("damage a Deployment and measure how long Argo CD takes to restore it; exit 1 when a trial fails");
  addDriftOptions(command).action(async (service: string | undefined, options: DriftOptions) => {
    if (options.list === true) listInjections(io);
    else done(await drift(definitions, service, options, io));
  });
}

function listInjections(io: Io): void {
  for (const { name, does, seen } of injections) io.stdout(`${name.padEnd(8)} ${does}; seen by: ${seen}\n`);
}

/** Asks, measures, writes. */
async function drift(definitions: Definitions, service: string | undefined, options: DriftOptions, io: Io): Promise<number> {
  const times = driftTimes(options);
  const manual = driftManualTimes(options, io);
  const prepared = await prepareDrift(definitions, service, options, io);
  const { target, injection, clusters, state, backoff, folder, warnings } = prepared;
  const { trials, between } = options;
  const setting = settingOf(prepared, options, times);
  await requireConsent(setting, prepared, [...planTrials(state, { trials, between, backoff }), ...warnings], options, io);
  const write = (samples: readonly DriftSample[], stopped?: string): string => writeResult(folder, setting, samples, { manual, stopped });
  const { samples, stopped } = await runExperiment({
    ...{ clusters, target, injection, trials, between, backoff },
    ...{ pause: times.pause, pollInterval: times.poll, timeout: times.timeout },
    clock: clockOf(io),
    interrupt: io.interrupt,
    tell: (line) => {
      io.stderr(`${line}\n`);
    },
    record: (measured) => {
      write(measured);
    },
  });
  io.stdout(write(samples, stopped));
  io.stderr(`written to ${folder.name}\n`);
  io.interrupt.throwIfAborted();
  return summarizeDrift(setting, samples).verdict.asMeasured === true && stopped === undefined ? 0 : 1;
}

function settingOf({ target, clusters: { workload } }: PreparedDrift, options: DriftOptions, times: DriftTimes): DriftSetting {
  return {
    service: `${target.system}/${target.service}`,
    environment: target.environment,
    cluster: target.cluster,
    application: target.application.metadata.name,
    deployment: `${target.deployment.metadata.namespace ?? ""}/${target.deployment.metadata.name}`,
    context: workload.context,
    server: workload.server,
    injection: options.injection,
    between: options.between,
    trials: options.trials,
    pollIntervalSeconds: times.poll / 1000,
    timeoutSeconds: times.timeout / 1000,
    thresholdSeconds: times.threshold / 1000,
  };
}

async function requireConsent(
  setting: DriftSetting,
  { target, injection }: PreparedDrift,
  plan: readonly string[],
  { yes }: DriftOptions,
  io: Io,
): Promise<void> {
  const { name, namespace } = deploymentReference(target);
  const lines = [
    `This damages a running service ${setting.trials} ${setting.trials === 1 ? "time" : "times"}: it ${injection.does}.`,
    `  context      ${setting.context} (${setting.server})`,
    `  Application  ${setting.application}`,
    `  Deployment   ${namespace ?? ""}/${name}`,
    ...plan.map((line) => `  ${line}`),
  ];
  io.stderr(`${lines.join("\n")}\n`);
  if (yes === true) return;
  const answer = await io.ask(`Type the name of the Application to go on: `);
  if (answer === undefined) throw new UserError("nobody can be asked here", { hint: "give --yes if this is meant" });
  if (answer.trim() !== setting.application) throw new UserError(`not started: '${answer.trim()}' is not '${setting.application}'`);
}

function clockOf(io: Io): Clock {
  return {
    now: () => io.now().getTime(),
    sleep: io.sleep,
    format: (time) => new Date(time).toISOString(),
    parse: (text) => Date.parse(text),
  };
}

/** Each file whole or not at all. @returns the report */
function writeResult(
  folder: OutputFolder,
  setting: DriftSetting,
  samples: readonly DriftSample[],
  more: { readonly manual: readonly ManualTime[]; readonly stopped: string | undefined },
): string {
  const summary = summarizeDrift(setting, samples, more);
  const report = driftReport(summary);
  folder.write("samples.csv", samplesAsCsv(samples));
  folder.write("summary.json", `${JSON.stringify(summary, null, 2)}\n`);
  folder.write("summary.md", report);
  return report;
}
