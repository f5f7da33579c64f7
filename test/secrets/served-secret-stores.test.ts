import { describe, expect, test } from "@jest/globals";
import type { EnvironmentDefinition } from "../../lib/definition/environment.ts";
import type { SystemDefinition } from "../../lib/definition/system.ts";
import { defineSecretStore } from "../../lib/secrets/secret-store.ts";
import { SecretStoreProvider } from "../../lib/secrets/secret-store-provider.ts";
import { servedSecretStores } from "../../lib/secrets/served-secret-stores.ts";

const store = (name: string) => defineSecretStore({ name, provider: SecretStoreProvider.gcpSecretManager({ projectID: name }) });
const environment = (name: string, ...clusters: string[]) =>
  ({ name, clusters: clusters.map((cluster) => ({ name: cluster })) }) as unknown as EnvironmentDefinition;
const dev = environment("dev", "eu");
const production = environment("production", "eu", "us");
const system = (name: string, environments: EnvironmentDefinition[], externalSecrets?: object) =>
  ({ name, environments, ...(externalSecrets && { namespace: { externalSecrets } }) }) as unknown as SystemDefinition;
const secrets = { "db-credentials": { data: {} } };

describe("servedSecretStores", () => {
  test("a store admits the namespaces of the systems that declare external secrets, on the clusters of its environment", () => {
    const stores = [
      { environment: dev, store: store("dev-store") },
      { environment: production, store: store("production-store") },
    ];
    const systems = [system("warehouse", [production], secrets), system("bookshop", [dev, production], secrets), system("blog", [dev], {})];
    expect(
      servedSecretStores(stores, systems).map(({ store: { name }, namespaces, clusters }) => ({ name, namespaces, clusters })),
    ).toEqual([
      { name: "dev-store", namespaces: ["bookshop-dev"], clusters: ["eu"] },
      { name: "production-store", namespaces: ["bookshop-production", "warehouse-production"], clusters: ["eu", "us"] },
    ]);
  });

  test("a store that environments share admits the namespaces of all, on the clusters of all", () => {
    const shared = store("shared-store");
    const stores = [production, dev].map((entry) => ({ environment: entry, store: shared }));
    const systems = [system("warehouse", [production], secrets), system("bookshop", [dev, production], secrets)];
    expect(servedSecretStores(stores, systems)).toEqual([
      { store: shared, namespaces: ["bookshop-dev", "bookshop-production", "warehouse-production"], clusters: ["eu", "us"] },
    ]);
  });

  test("a store that nobody reads from is left out", () => {
    expect(servedSecretStores([{ environment: dev, store: store("dev-store") }], [system("blog", [dev])])).toEqual([]);
  });
});
