import { defineSecretStore, type SecretStoreDefinition } from "../lib/secrets/secret-store.ts";
import { SecretStoreProvider } from "../lib/secrets/secret-store-provider.ts";
import { organization } from "./organization.ts";

/**
 * GCP Secret Manager for one environment: each has a GCP project of its own. A store knows one project, and all environments may share a cluster,
 * so the environment is part of the store's name.
 */
export function gcpSecretManager(environment: string): SecretStoreDefinition {
  return defineSecretStore({
    name: `gcp-secret-manager-${environment}`,
    provider: SecretStoreProvider.gcpSecretManager({
      projectID: `${organization.name}-${environment}`,
      workloadIdentity: { serviceAccountRef: { name: "external-secrets", namespace: "external-secrets" } },
    }),
  });
}
