import { requireName } from "../definition/name.ts";
import type { SecretStoreProvider } from "./secret-store-provider.ts";

/** What an author says of a secret store. */
export interface SecretStoreProps {
  readonly name: string;
  readonly provider: SecretStoreProvider;
}

/** A store that environments may name as their `secretStore`; a ClusterSecretStore renders it. */
export interface SecretStoreDefinition extends SecretStoreProps {
  readonly kind: "ClusterSecretStore";
}

/**
 * Defines a store of secrets that serves the namespaces of a cluster.
 *
 * @throws UserError when the name cannot be used
 */
export function defineSecretStore({ name, provider }: SecretStoreProps): SecretStoreDefinition {
  requireName("secret store", name);
  return { name, kind: "ClusterSecretStore", provider };
}
