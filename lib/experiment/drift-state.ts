import { applicationKind, type LiveApplication, readApplication } from "../cluster/application.ts";
import { Fields } from "../cluster/fields.ts";
import type { KubernetesApi, LiveObject, ObjectReference } from "../cluster/kubernetes-api.ts";
import type { DriftTarget } from "./drift-target.ts";
import { type LiveDeployment, readDeployment } from "./live-deployment.ts";

/** The clusters of a trial: often one and the same. */
export interface DriftClusters {
  /** Where Argo CD and the Application are. */
  readonly control: KubernetesApi;
  /** Where the Deployment is. */
  readonly workload: KubernetesApi;
}

/** The Application and its Deployment at one moment. */
export interface DriftState {
  readonly application: LiveApplication;
  /** The Application as the cluster wrote it. */
  readonly document: LiveObject;
  /** How many self-heals Argo CD has counted since the last sync of another kind. */
  readonly attempts: number;
  /** Differs from one operation to the next; empty where none ever ran. */
  readonly operationId: string;
  /** Whether an operation is asked for or runs. */
  readonly busy: boolean;
  readonly deployment: LiveDeployment | undefined;
}

/** Asks for both. @returns `undefined` where there is no such Application */
export async function observeDrift({ control, workload }: DriftClusters, target: DriftTarget): Promise<DriftState | undefined> {
  const { name, namespace } = target.application.metadata;
  const [document, deployment] = await Promise.all([
    control.get({ ...applicationKind, name, namespace }),
    workload.get(deploymentReference(target)),
  ]);
  if (document === undefined) return undefined;
  const application = readApplication(document);
  const { operation } = application;
  const attempts = new Fields(document.status).at("operationState").at("operation").at("sync").count("autoHealAttemptsCount") ?? 0;
  return {
    application,
    document,
    attempts,
    operationId: operation === undefined ? "" : [operation.startedAt, attempts, operation.revision].join(" "),
    busy: "operation" in document || (operation !== undefined && operation.finishedAt === undefined),
    deployment: deployment === undefined ? undefined : readDeployment(deployment),
  };
}

/** Where a target's Deployment is. */
export function deploymentReference({ deployment }: Pick<DriftTarget, "deployment">): ObjectReference {
  const { name, namespace } = deployment.metadata;
  return { apiVersion: deployment.apiVersion, kind: deployment.kind, name, namespace };
}

/** Whether a trial may start, or has ended: all is as Git says, runs, and nothing is being done about it. */
export function isAtRest({ application, busy, deployment }: DriftState): boolean {
  return application.syncStatus === "Synced" && application.healthStatus === "Healthy" && !busy && deployment?.ready === true;
}

/** What a person reads of a state. */
export function describeState(state: DriftState | undefined): string {
  if (state === undefined) return "the Application is not there";
  const { application, deployment } = state;
  const operation = application.operation === undefined ? "no operation" : `operation ${application.operation.phase ?? "unknown"}`;
  const pods =
    deployment === undefined
      ? "the Deployment is not there"
      : `the Deployment has ${deployment.available} of ${deployment.wanted} Pods available${deployment.ready ? "" : ", and its rollout is not complete"}`;
  return `the Application is ${application.syncStatus ?? "Unknown"} and ${application.healthStatus ?? "Unknown"} (${operation}); ${pods}`;
}
