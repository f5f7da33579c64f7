import type { Definitions } from "../../definition/definitions.ts";
import { readEvidence } from "../../evidence/evidence-file.ts";
import type { Observation } from "../../evidence/observation.ts";
import { observationsOf } from "../../evidence/observe.ts";
import type { Io } from "../io.ts";
import { openStatus } from "../open-status.ts";
import { readGivenFile } from "../read-given-file.ts";

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
export async function lookAtSource(target: LookTarget, options: LookOptions, io: Io): Promise<Observation[] | undefined> {
  const { evidence, context, kubeconfig, controlPlane } = options;
  const asksCluster = [context, kubeconfig, controlPlane].some((value) => value !== undefined);
  if (evidence === undefined && !asksCluster) return undefined;
  const recorded = evidence === undefined ? [] : readEvidence(readGivenFile(evidence, io).toString("utf8"), evidence);
  if (!asksCluster) return recorded;
  const look = await openStatus(
    target.definitions,
    {
      ...(context !== undefined && { context }),
      ...(kubeconfig !== undefined && { kubeconfig }),
      ...(controlPlane !== undefined && { controlPlane }),
      environment: [target.environment],
      system: target.systems,
    },
    io,
  );
  const { report, at } = await look();
  return [...recorded, ...observationsOf(report, at.toISOString())];
}
