import type { EnvironmentDefinition } from "../definition/environment.ts";
import { namespaceOf } from "../definition/namespace-of.ts";
import type { SystemDefinition } from "../definition/system.ts";
import type { ServedSecretStore } from "./cluster-secret-store.ts";
import type { SecretStoreDefinition } from "./secret-store.ts";

/** An environment and the store that its secrets come from. */
export interface EnvironmentSecretStore {
  readonly environment: EnvironmentDefinition;
  readonly store: SecretStoreDefinition;
}

/**
 * Who may read from which store, and on which clusters it has to be: the namespaces of the systems that declare external secrets, in the environments
 * that they run in. A store that nobody reads from is left out.
 */
export function servedSecretStores(stores: readonly EnvironmentSecretStore[], systems: readonly SystemDefinition[]): ServedSecretStore[] {
  return [...new Set(stores.map(({ store }) => store))].flatMap((store) => {
    const environments = stores.filter((entry) => entry.store === store).map(({ environment }) => environment);
    const namespaces = environments.flatMap((environment) =>
      systems
        .filter((system) => system.environments.includes(environment) && Object.keys(system.namespace?.externalSecrets ?? {}).length > 0)
        .map((system) => namespaceOf(system, environment)),
    );
    const clusters = environments.flatMap((environment) => environment.clusters.map(({ name }) => name));
    return namespaces.length === 0 ? [] : [{ store, namespaces: namespaces.sort(), clusters: [...new Set(clusters)] }];
  });
}
