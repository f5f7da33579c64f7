import { isAbsolute, join } from "node:path";
import type { Command } from "commander";
import type { KubernetesApi } from "../../cluster/kubernetes-api.ts";
import type { Definitions } from "../../definition/definitions.ts";
import { nearestNames } from "../../errors/nearest-names.ts";
import { UserError } from "../../errors/user-error.ts";
import type { Clock } from "../../experiment/clock.ts";
import { driftReport } from "../../experiment/drift-report.ts";
import { type DriftSample, samplesAsCsv } from "../../experiment/drift-sample.ts";
import { deploymentReference, type DriftClusters, observeDrift } from "../../experiment/drift-state.ts";
import { type DriftSetting, summarizeDrift } from "../../experiment/drift-summary.ts";
import { type DriftTarget, findDriftTarget } from "../../experiment/drift-target.ts";
import type { Injection } from "../../experiment/injection.ts";
import { injections } from "../../experiment/injections.ts";
import type { ManualTime } from "../../experiment/manual-times.ts";
import { planTrials, runExperiment } from "../../experiment/run-experiment.ts";
import { SelfHealBackoff } from "../../experiment/self-heal-backoff.ts";
import { syncWindowsOf } from "../../experiment/sync-windows.ts";
import { targetObstacle } from "../../experiment/target-obstacle.ts";
import { distPaths } from "../../synth/dist-paths.ts";
import { renderRepository } from "../../synth/line.ts";
import { openOutputFolder, type OutputFolder } from "../../synth/output-folder.ts";
import type { CommandContext } from "../command-context.ts";
import { addDriftOptions, driftManualTimes, type DriftOptions, driftTimes, type DriftTimes } from "../drift-options.ts";
import type { Io } from "../io.ts";
import { readAllImagePins } from "../read-image-pins.ts";

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

/** Finds, checks, asks, measures, writes. */
async function drift(definitions: Definitions, service: string | undefined, options: DriftOptions, io: Io): Promise<number> {
  const times = driftTimes(options);
  const manual = driftManualTimes(options, io);
  const target = targetOf(definitions, service, options, io);
  requirePermittedEnvironment(definitions, target, options);
  const injection = injections.find(({ name }) => name === options.injection);
  if (injection === undefined) throw new Error(`no injection '${options.injection}'`);
  const obstacle = injection.obstacle(target);
  if (obstacle !== undefined) throw refused(target, injection, obstacle);
  const folder = newFolder(target, options, io);
  const clusters = await connectBoth(definitions, target, options, io);
  const state = await observeDrift(clusters, target);
  if (state === undefined)
    throw new UserError(`the Application '${target.application.metadata.name}' is not on '${clusters.control.context}'`);
  const liveObstacle = targetObstacle(state, target, injection);
  if (liveObstacle !== undefined) throw refused(target, injection, liveObstacle);
  await requirePermission(clusters.workload, target, injection);
  const backoff = await backoffOf(clusters.control, target);
  const { trials, between } = options;
  const setting = settingOf(target, options, clusters, times);
  const windows = (await syncWindowsOf(clusters.control, state.application)).map((window) => `sync window: ${window}`);
  const warning = windows.length > 0 ? [...windows, "nothing is healed inside a deny window, or outside of an allow window"] : [];
  await requireConsent(setting, target, injection, [...planTrials(state, { trials, between, backoff }), ...warning], options, io);
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

function targetOf(definitions: Definitions, named: string | undefined, { environment, cluster }: DriftOptions, io: Io): DriftTarget {
  const [system, service, ...rest] = (named ?? "").split("/");
  if (system === undefined || system === "" || service === undefined || service === "" || rest.length > 0)
    throw new UserError(`a service is wanted, got '${named ?? ""}'`, { hint: "write '<system>/<service>'" });
  const known = definitions.environments.map(({ definition }) => definition.name);
  if (environment === undefined || !known.includes(environment))
    throw new UserError(environment === undefined ? "an environment is wanted" : `there is no environment '${environment}'`, {
      hint: `name one with --environment: ${nearestNames(environment ?? "", known)}`,
    });
  const { manifests } = renderRepository({ definitions, pins: readAllImagePins(io.root, definitions.environments) });
  return findDriftTarget(manifests, { system, service, environment, ...(cluster !== undefined && { cluster }) }, (owner) =>
    [
      distPaths.unit(owner.environment, owner.cluster, owner.system, owner.unit),
      distPaths.system(owner.environment, owner.cluster, owner.system),
    ].map((folder) => `${definitions.repository.output}/${folder}`),
  );
}

/** What the environment itself says counts, whatever a system deviates in. */
function requirePermittedEnvironment(definitions: Definitions, target: DriftTarget, { allowProduction }: DriftOptions): void {
  const environment = definitions.environments.find(({ definition }) => definition.name === target.environment)?.definition;
  if (environment?.policy.approval !== "pull-request" || allowProduction === true) return;
  throw new UserError(`changes of '${target.environment}' need a pull request, and this is one without`, {
    hint: "try it elsewhere, or give --allow-production",
  });
}

function refused(target: DriftTarget, injection: Injection, reason: string): UserError {
  return new UserError(`'${injection.name}' on '${target.application.metadata.name}' would measure nothing: ${reason}`, {
    hint: "choose another --injection (see --list) or another service",
  });
}

function newFolder({ application }: DriftTarget, { out }: DriftOptions, io: Io): OutputFolder {
  const name =
    out ??
    `drift-${application.metadata.name}-${io
      .now()
      .toISOString()
      .replace(/\..*$|[-:]/g, "")}`;
  const folder = openOutputFolder(isAbsolute(name) ? name : join(io.workingFolder, name), name);
  if (folder.list().length > 0) throw new UserError(`the folder '${name}' is not empty`, { hint: "name a new one with --out" });
  return folder;
}

async function connectBoth(definitions: Definitions, target: DriftTarget, options: DriftOptions, io: Io): Promise<DriftClusters> {
  const controlPlane = definitions.controlPlanes.find(({ environments }) => environments.some(({ name }) => name === target.environment));
  const elsewhere = controlPlane !== undefined && controlPlane.cluster.name !== target.cluster;
  if (elsewhere && options.workloadContext === undefined)
    throw new UserError(`'${target.system}/${target.service}' runs on cluster '${target.cluster}', not where Argo CD runs`, {
      hint: "name that cluster's context with --workload-context",
    });
  const { kubeconfig, context, workloadContext } = options;
  const control = await io.connect({ kubeconfig, context });
  return { control, workload: workloadContext === undefined ? control : await io.connect({ kubeconfig, context: workloadContext }) };
}

async function requirePermission(api: KubernetesApi, target: DriftTarget, injection: Injection): Promise<void> {
  const verb = injection.field === undefined ? "delete" : "patch";
  const { namespace } = target.deployment.metadata;
  if (await api.may({ verb, group: "apps", resource: "deployments", namespace })) return;
  throw new UserError(`you may not ${verb} Deployments in '${namespace ?? ""}' on '${api.context}'`, { hint: "ask for that permission" });
}

/** As the controller's parameters say, where they may be read; as Argo CD is shipped otherwise. */
async function backoffOf(api: KubernetesApi, { application }: DriftTarget): Promise<SelfHealBackoff> {
  const { namespace } = application.metadata;
  const reference = { apiVersion: "v1", kind: "ConfigMap", name: "argocd-cmd-params-cm", namespace };
  try {
    return SelfHealBackoff.of(await api.get(reference));
  } catch (error) {
    if (error instanceof UserError) return SelfHealBackoff.of();
    throw error;
  }
}

function settingOf(target: DriftTarget, options: DriftOptions, { workload }: DriftClusters, times: DriftTimes): DriftSetting {
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
  target: DriftTarget,
  injection: Injection,
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
