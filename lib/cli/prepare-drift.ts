import { isAbsolute, join } from "node:path";
import { servingControlPlane } from "../definition/control-plane.ts";
import type { Definitions } from "../definition/definitions.ts";
import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";
import { type DriftClusters, type DriftState, observeDrift } from "../experiment/drift-state.ts";
import { type DriftTarget, findDriftTarget } from "../experiment/drift-target.ts";
import type { Injection } from "../experiment/injection.ts";
import { injections } from "../experiment/injections.ts";
import { requirePermission } from "../experiment/require-permission.ts";
import { SelfHealBackoff } from "../experiment/self-heal-backoff.ts";
import { syncWindowsOf } from "../experiment/sync-windows.ts";
import { targetObstacle } from "../experiment/target-obstacle.ts";
import { distPaths } from "../manifest/dist-paths.ts";
import { renderRepository } from "../synth/line.ts";
import { openOutputFolder, type OutputFolder } from "../synth/output-folder.ts";
import type { DriftOptions } from "./drift-options.ts";
import type { Io } from "./io.ts";
import { projectFiles } from "./project-files.ts";
import { readLineInput } from "./read-line-input.ts";

/** All that an experiment needs, and that was found to be ready for it. */
export interface PreparedDrift {
  readonly target: DriftTarget;
  readonly injection: Injection;
  /** Takes the result; new and empty. */
  readonly folder: OutputFolder;
  readonly clusters: DriftClusters;
  /** How it stands before the first trial. */
  readonly state: DriftState;
  readonly backoff: SelfHealBackoff;
  /** What a person should know before it begins, a line each. */
  readonly warnings: readonly string[];
}

/**
 * Finds what is to be damaged, and whether that may be done and would measure anything. Changes nothing; asks a cluster only when the
 * files have nothing against it.
 *
 * @param service - `shop/frontend`
 * @throws UserError on the first thing that is in the way
 */
export async function prepareDrift(
  definitions: Definitions,
  service: string | undefined,
  options: DriftOptions,
  io: Io,
): Promise<PreparedDrift> {
  const target = targetOf(definitions, service, options, io);
  requirePermittedEnvironment(definitions, target, options);
  const injection = injections.find(({ name }) => name === options.injection);
  if (injection === undefined) throw new Error(`no injection '${options.injection}'`);
  refuse(injection.obstacle(target), target, injection);
  const folder = newFolder(target, options, io);
  const clusters = await connectBoth(definitions, target, options, io);
  const { name, namespace } = target.application.metadata;
  const state = await observeDrift(clusters, target);
  if (state === undefined)
    throw new UserError(`the Application '${name}' is not on '${clusters.control.context}'`, { hint: "apply or sync the root first" });
  refuse(targetObstacle(state, target, injection), target, injection);
  await requirePermission(clusters.workload, target, injection);
  const backoff = await SelfHealBackoff.read(clusters.control, namespace);
  const windows = (await syncWindowsOf(clusters.control, state.application)).map((window) => `sync window: ${window}`);
  const warnings = windows.length > 0 ? [...windows, "nothing is healed inside a deny window, or outside of an allow window"] : [];
  return { target, injection, folder, clusters, state, backoff, warnings };
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
  const { manifests } = renderRepository(readLineInput(definitions, projectFiles(io.root)));
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

function refuse(obstacle: string | undefined, { application }: DriftTarget, injection: Injection): void {
  if (obstacle === undefined) return;
  throw new UserError(`'${injection.name}' on '${application.metadata.name}' would measure nothing: ${obstacle}`, {
    hint: "choose another --injection (see --list), or a service that heals itself",
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
  const controlPlane = servingControlPlane(definitions, target.environment);
  const elsewhere = controlPlane !== undefined && controlPlane.cluster.name !== target.cluster;
  if (elsewhere && options.workloadContext === undefined)
    throw new UserError(`'${target.system}/${target.service}' runs on cluster '${target.cluster}', not where Argo CD runs`, {
      hint: "name that cluster's context with --workload-context",
    });
  const { kubeconfig, context, workloadContext } = options;
  const control = await io.connect({ kubeconfig, context });
  return { control, workload: workloadContext === undefined ? control : await io.connect({ kubeconfig, context: workloadContext }) };
}
