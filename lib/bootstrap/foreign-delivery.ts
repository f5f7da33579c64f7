import { applicationKind, applicationSetKind } from "../cluster/application.ts";
import type { KubernetesApi } from "../cluster/kubernetes-api.ts";
import { isKeelsons } from "../manifest/labels.ts";

/**
 * The Applications and ApplicationSets that Keelson did not make; deleting Argo CD's namespace would delete them.
 *
 * @param namespace - Argo CD's
 * @returns kind and name of each: `Application 'guestbook'`
 */
export async function foreignDelivery(cluster: KubernetesApi, namespace: string): Promise<string[]> {
  const found = await Promise.all([applicationKind, applicationSetKind].map((kind) => cluster.list(kind, { namespace })));
  return found
    .flat()
    .filter(({ metadata }) => !isKeelsons(metadata.labels))
    .map(({ kind, metadata }) => `${kind} '${metadata.name}'`);
}
