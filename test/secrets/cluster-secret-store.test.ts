import { describe, expect, test } from "@jest/globals";
import { ClusterSecretStores } from "../../lib/secrets/cluster-secret-store.ts";
import type { ClusterSecretStoresProps } from "../../lib/secrets/cluster-secret-store.ts";
import { SecretStoreProvider } from "../../lib/secrets/secret-store-provider.ts";
import { defineSecretStore } from "../../lib/secrets/secret-store.ts";
import { caught } from "../support/caught.ts";
import { renderConstruct } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";

const context = bookshopContext({ system: "platform", unit: "stores", namespace: "external-secrets" });
const gcp = defineSecretStore({ name: "bookshop-gcp", provider: SecretStoreProvider.gcpSecretManager({ projectID: "bookshop-123" }) });
const aws = defineSecretStore({ name: "bookshop-aws", provider: SecretStoreProvider.awsSecretsManager({ region: "eu-west-1" }) });

function render(props: ClusterSecretStoresProps) {
  return renderConstruct((scope) => new ClusterSecretStores(scope, "stores", { context, ...props }));
}

describe("ClusterSecretStores", () => {
  test("every prop reaches the manifests: a store without a namespace of its own, open to the namespaces listed", () => {
    const props: Required<ClusterSecretStoresProps> = {
      stores: [
        { store: gcp, namespaces: ["bookshop-production", "bookshop-dev", "bookshop-staging", "bookshop-dev"] },
        { store: aws, namespaces: ["warehouse-dev"] },
      ],
    };
    expect(render(props)).toEqual([
      {
        apiVersion: "external-secrets.io/v1",
        kind: "ClusterSecretStore",
        metadata: { name: "bookshop-gcp", labels: context.labels },
        spec: {
          provider: { gcpsm: { projectID: "bookshop-123" } },
          conditions: [{ namespaces: ["bookshop-dev", "bookshop-production", "bookshop-staging"] }],
        },
      },
      {
        apiVersion: "external-secrets.io/v1",
        kind: "ClusterSecretStore",
        metadata: { name: "bookshop-aws", labels: context.labels },
        spec: { provider: { aws: { service: "SecretsManager", region: "eu-west-1" } }, conditions: [{ namespaces: ["warehouse-dev"] }] },
      },
    ]);
  });

  test("is only on the clusters that need the store", () => {
    const stores = [
      { store: gcp, namespaces: ["bookshop-dev"], clusters: ["us"] },
      { store: aws, namespaces: ["bookshop-dev"], clusters: ["us", "eu"] },
    ];
    expect(render({ stores }).map(({ metadata }) => metadata.name)).toEqual(["bookshop-aws"]);
  });

  test("fails for a store without a namespace, which would serve all", () => {
    expect(caught(() => render({ stores: [{ store: gcp, namespaces: [] }] }))).toBe(
      "the secret store 'bookshop-gcp' serves no namespace\n" +
        "hint: a store without a condition serves every namespace: list those that need it",
    );
  });

  test("fails for a store that is there twice", () => {
    const twice = { store: gcp, namespaces: ["bookshop-dev"] };
    expect(caught(() => render({ stores: [twice, twice] }))).toBe("the secret store 'bookshop-gcp' is listed twice");
  });
});
