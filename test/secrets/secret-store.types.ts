import type { EnvironmentProps } from "../../lib/definition/environment.ts";
import { defineService } from "../../lib/definition/service.ts";
import { ClusterSecretStores } from "../../lib/secrets/cluster-secret-store.ts";
import { SecretStoreProvider } from "../../lib/secrets/secret-store-provider.ts";
import { defineSecretStore } from "../../lib/secrets/secret-store.ts";

const store = defineSecretStore({ name: "bookshop-vault", provider: SecretStoreProvider.gcpSecretManager({ projectID: "bookshop-123" }) });

/** A store is what an environment names. */
export const secretStore: EnvironmentProps["secretStore"] = store;

/** The construct can be a unit. */
export const unit = defineService({
  name: "stores",
  construct: ClusterSecretStores,
  props: { stores: [{ store, namespaces: ["bookshop-dev"] }] },
});

// @ts-expect-error: a provider is a value, never the plain object of the CRD
export const plain: SecretStoreProvider | undefined = { spec: { gcpsm: { projectID: "bookshop-123" } } };

// @ts-expect-error: a store for the whole cluster must say the namespace of its ServiceAccount
SecretStoreProvider.awsSecretsManager({ region: "eu-west-1", serviceAccountRef: { name: "secret-reader" } });

SecretStoreProvider.kubernetes({
  remoteNamespace: "vault",
  serviceAccount: { name: "secret-reader", namespace: "external-secrets" },
  // @ts-expect-error: another cluster's server needs its authority
  server: { url: "https://warehouse.bookshop.example" },
});

// @ts-expect-error: the key-value engine has two versions
SecretStoreProvider.vault({ server: "https://v", path: "s", version: "v3", role: "r", serviceAccountRef: { name: "a", namespace: "b" } });
