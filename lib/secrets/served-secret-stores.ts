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
  return stores
    .map(({ environment, store }) => ({
      store,
      namespaces: systems
        .filter((system) => system.environments.includes(environment) && Object.keys(system.namespace?.externalSecrets ?? {}).length > 0)
        .map((system) => namespaceOf(system, environment))
        .sort(),
      clusters: environment.clusters.map(({ name }) => name),
    }))
    .filter(({ namespaces }) => namespaces.length > 0);
}
