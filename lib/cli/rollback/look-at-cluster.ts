import type { Definitions } from "../../definition/definitions.ts";
import { UserError } from "../../errors/user-error.ts";
import type { Io } from "../io.ts";
import { openStatus, type StatusReading } from "../open-status.ts";
import { controlPlaneOf } from "./delivering-applications.ts";
import type { RollbackOptions } from "./rollback-options.ts";
import type { RollbackScope } from "./rollback-scope.ts";

/**
 * What the cluster has of a system in an environment, where somebody asked for it by `--context`, `--kubeconfig` or `--if-degraded`.
 *
 * @throws UserError when the cluster does not answer, or no control plane serves the environment
 */
export async function lookAtCluster(
  definitions: Definitions,
  scope: RollbackScope,
  { context, kubeconfig, ifDegraded = false }: RollbackOptions,
  io: Io,
): Promise<StatusReading | undefined> {
  if (context === undefined && kubeconfig === undefined && !ifDegraded) return undefined;
  const plane = controlPlaneOf(definitions, scope);
  if (plane === undefined) throw new UserError(`no control plane serves '${scope.environment.name}'`);
  const look = await openStatus(
    definitions,
    {
      controlPlane: plane.name,
      environment: [scope.environment.name],
      system: [scope.system.name],
      ...(context !== undefined && { context }),
      ...(kubeconfig !== undefined && { kubeconfig }),
    },
    io,
  );
  return look();
}
