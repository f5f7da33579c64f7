import { clusterScopedKinds } from "../manifest/cluster-scoped-kinds.ts";
import { placeOf, type RepositoryFacts } from "../manifest/repository-facts.ts";
import { validatorOf } from "../schema/load-validators.ts";

/** The namespaces that objects are in and that are not there themselves, so that nothing is said of what they lack: sorted, `""` for none at the end. */
export function absentNamespaces(facts: RepositoryFacts): string[] {
  const absent = new Set<string>();
  for (const [kind, manifests] of facts.kinds) {
    if (clusterScopedKinds.has(kind)) continue;
    for (const manifest of manifests) {
      const { namespace } = manifest.document.metadata;
      // a kind that nobody knows may belong to the whole cluster
      if (namespace === undefined && validatorOf(manifest.document) === undefined) continue;
      if (!facts.declares(placeOf(manifest))) absent.add(namespace ?? "");
    }
  }
  const none = absent.delete("") ? [""] : [];
  return [...[...absent].sort(), ...none];
}
