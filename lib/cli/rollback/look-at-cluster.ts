import { servingControlPlane } from "../../definition/control-plane.ts";
import type { Definitions } from "../../definition/definitions.ts";
import { UserError } from "../../errors/user-error.ts";
import type { Io } from "../io.ts";
import { openStatus, type StatusReading } from "../open-status.ts";
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
  const plane = servingControlPlane(definitions, scope.environment.name);
  if (plane === undefined) throw new UserError(`no control plane serves '${scope.environment.name}'`);
  const [environment, system] = [[scope.environment.name], [scope.system.name]];
  const look = await openStatus(definitions, { context, kubeconfig, controlPlane: plane.name, environment, system }, io);
  return look();
}
