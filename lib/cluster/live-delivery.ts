import { deliveryKinds } from "./expected-object.ts";
import type { KubernetesApi, LiveObject } from "./kubernetes-api.ts";

/**
 * Everything in Argo CD's namespace that delivers something, Keelson's or not: three requests that need no more than `list`.
 *
 * @returns by kind, in the order of {@link deliveryKinds}, then by name
 * @throws UserError when one of them is not permitted
 */
export async function readLiveDelivery(cluster: KubernetesApi, namespace: string): Promise<LiveObject[]> {
  return (await Promise.all(deliveryKinds.map((kind) => cluster.list(kind, { namespace })))).flat();
}
