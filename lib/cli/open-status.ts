import { type DeliverySelection, selectExpected } from "../cluster/delivery-selection.ts";
import { expectedObjects } from "../cluster/expected-object.ts";
import { readLiveDelivery } from "../cluster/live-delivery.ts";
import { longestSilence } from "../cluster/longest-silence.ts";
import { reportStatus, type StatusReport } from "../cluster/status-report.ts";
import type { ControlPlaneDefinition } from "../definition/control-plane.ts";
import type { Definitions } from "../definition/definitions.ts";
import { UserError } from "../errors/user-error.ts";
import { GitRepository } from "../git/git-repository.ts";
import type { Interventions } from "../synth/interventions.ts";
import { renderRepository } from "../synth/line.ts";
import { chosenControlPlane } from "./chosen-control-plane.ts";
import type { Io } from "./io.ts";
import { projectFiles } from "./project-files.ts";
import { readLineInput } from "./read-line-input.ts";

/** Which control plane, which part of it, and which commit it is held to. */
export interface StatusOptions extends DeliverySelection {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** @default the only one there is */
  readonly controlPlane?: string | undefined;
  /** @default `contains`, else HEAD */
  readonly revision?: string;
  readonly contains?: string;
}

/** What one look at a cluster found. */
export interface StatusReading {
  readonly controlPlane: ControlPlaneDefinition;
  readonly context: string;
  /** The commit that Applications are held to: its full id. */
  readonly revision: string;
  readonly at: Date;
  readonly report: StatusReport;
  /** By the name of the Application, where there are any. */
  readonly interventions: ReadonlyMap<string, Interventions>;
}

/**
 * Prepares everything that one look after the other needs, and opens the cluster.
 *
 * @returns looks once
 * @throws UserError when an option names something that does not exist
 */
export async function openStatus(definitions: Definitions, options: StatusOptions, io: Io): Promise<() => Promise<StatusReading>> {
  const controlPlane = chosenControlPlane(definitions, options.controlPlane);
  const { manifests, interventions } = renderRepository(readLineInput(definitions, projectFiles(io.root)));
  const expected = expectedObjects(manifests, controlPlane.name);
  const longest = longestSilence(manifests, controlPlane);
  selectExpected(expected, options);
  const git = GitRepository.open(io.root);
  const wanted = options.revision ?? options.contains ?? "HEAD";
  const revision = git.commit(wanted);
  if (revision === undefined) throw new UserError(`this clone has no commit '${wanted}'`, { hint: "fetch it: git fetch" });
  const { output } = definitions.repository;
  if (git.isChanged(output)) io.stderr(`warning: '${output}' differs from HEAD; a cluster is compared with what is committed\n`);
  const cluster = await io.connect(options);
  return async () => {
    const live = await readLiveDelivery(cluster, controlPlane.namespace);
    const at = io.now();
    const oldest = longest === undefined ? undefined : new Date(at.getTime() - longest).toISOString();
    const report = reportStatus(expected, live, { git, revision }, options, oldest);
    return { controlPlane, context: cluster.context, revision, at, report, interventions };
  };
}
