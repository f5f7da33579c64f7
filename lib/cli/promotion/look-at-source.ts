import type { Definitions } from "../../definition/definitions.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Io } from "../io.ts";
import { openStatus } from "../open-status.ts";
import { seenObservations } from "../seen-observations.ts";

/** Where to look. */
export interface LookOptions {
  /** A file that `keelson status --evidence` wrote. */
  readonly evidence?: string;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly controlPlane?: string;
}

/** What is looked at. */
export interface LookTarget {
  readonly definitions: Definitions;
  readonly environment: string;
  readonly systems: readonly string[];
}

/**
 * What was seen of an environment: by whoever kept the file, and now by the cluster, where one is named.
 *
 * @returns `undefined` where neither was given
 * @throws UserError when the file cannot be read, or the cluster not be asked
 */
export async function lookAtSource(
  { definitions, environment, systems }: LookTarget,
  { evidence, context, kubeconfig, controlPlane }: LookOptions,
  io: Io,
): Promise<Observation[] | undefined> {
  const asksCluster = [context, kubeconfig, controlPlane].some((value) => value !== undefined);
  if (evidence === undefined && !asksCluster) return undefined;
  if (!asksCluster) return seenObservations(evidence, undefined, io);
  const look = await openStatus(definitions, { context, kubeconfig, controlPlane, environment: [environment], system: systems }, io);
  return seenObservations(evidence, await look(), io);
}
