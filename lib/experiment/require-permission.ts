import type { KubernetesApi } from "../cluster/kubernetes-api.ts";
import { UserError } from "../errors/user-error.ts";
import type { DriftTarget } from "./drift-target.ts";
import type { Injection } from "./injection.ts";

/** Asks a cluster whether the caller may damage a Deployment this way. @throws UserError when not */
export async function requirePermission(
  api: KubernetesApi,
  { deployment }: Pick<DriftTarget, "deployment">,
  { field }: Pick<Injection, "field">,
): Promise<void> {
  const verb = field === undefined ? "delete" : "patch";
  const { namespace } = deployment.metadata;
  if (await api.may({ verb, group: "apps", resource: "deployments", ...(namespace !== undefined && { namespace }) })) return;
  throw new UserError(`you may not ${verb} Deployments in '${namespace ?? ""}' on '${api.context}'`, { hint: "ask for that permission" });
}
