import { applicationKind, applicationSetKind, appProjectKind } from "./application.ts";
import type { KubernetesApi, LiveObject } from "./kubernetes-api.ts";

/** Everything in Argo CD's namespace that delivers something, Keelson's or not. */
export interface LiveDelivery {
  readonly applications: readonly LiveObject[];
  readonly projects: readonly LiveObject[];
  readonly sets: readonly LiveObject[];
}

/**
 * Reads it: three requests that need no more than `list`.
 *
 * @throws UserError when one of them is not permitted
 */
export async function readLiveDelivery(cluster: KubernetesApi, namespace: string): Promise<LiveDelivery> {
  const [applications, projects, sets] = await Promise.all([
    cluster.list(applicationKind, { namespace }),
    cluster.list(appProjectKind, { namespace }),
    cluster.list(applicationSetKind, { namespace }),
  ]);
  return { applications, projects, sets };
}
