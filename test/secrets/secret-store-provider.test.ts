import { describe, expect, test } from "@jest/globals";
import { SecretStoreProvider } from "../../lib/secrets/secret-store-provider.ts";
import type {
  AwsSecretsManagerProps,
  CertificateAuthority,
  GcpSecretManagerProps,
  KubernetesProps,
  VaultProps,
} from "../../lib/secrets/secret-store-provider.ts";

const serviceAccount = { name: "secret-reader", namespace: "external-secrets" };
const authority: CertificateAuthority = { type: "Secret", name: "bookshop-ca", namespace: "external-secrets", key: "ca.crt" };

describe("SecretStoreProvider.gcpSecretManager", () => {
  test("by default reads global secrets as the operator itself", () => {
    expect(SecretStoreProvider.gcpSecretManager({ projectID: "bookshop-123" }).spec).toEqual({ gcpsm: { projectID: "bookshop-123" } });
  });

  test("every prop reaches the store", () => {
    const props: Required<GcpSecretManagerProps> = {
      projectID: "bookshop-123",
      location: "europe-west4",
      workloadIdentity: {
        clusterProjectID: "bookshop-clusters",
        clusterLocation: "europe-west4",
        clusterName: "shelves",
        serviceAccountRef: serviceAccount,
      },
    };
    expect(SecretStoreProvider.gcpSecretManager(props).spec).toEqual({
      gcpsm: { projectID: "bookshop-123", location: "europe-west4", auth: { workloadIdentity: props.workloadIdentity } },
    });
  });
});

describe("SecretStoreProvider.awsSecretsManager", () => {
  test("by default reads as the operator itself", () => {
    expect(SecretStoreProvider.awsSecretsManager({ region: "eu-west-1" }).spec).toEqual({
      aws: { service: "SecretsManager", region: "eu-west-1" },
    });
  });

  test("every prop reaches the store", () => {
    const props: Required<AwsSecretsManagerProps> = {
      region: "eu-west-1",
      role: "arn:aws:iam::123456789012:role/bookshop",
      serviceAccountRef: serviceAccount,
    };
    expect(SecretStoreProvider.awsSecretsManager(props).spec).toEqual({
      aws: { service: "SecretsManager", region: "eu-west-1", role: props.role, auth: { jwt: { serviceAccountRef: serviceAccount } } },
    });
  });
});

describe("SecretStoreProvider.vault", () => {
  const props: VaultProps = {
    server: "https://vault.bookshop.example",
    path: "secret",
    role: "bookshop",
    serviceAccountRef: serviceAccount,
  };

  test("by default reads version 2 through the login 'kubernetes'", () => {
    expect(SecretStoreProvider.vault(props).spec).toEqual({
      vault: {
        server: "https://vault.bookshop.example",
        path: "secret",
        version: "v2",
        auth: { kubernetes: { mountPath: "kubernetes", role: "bookshop", serviceAccountRef: serviceAccount } },
      },
    });
  });

  test("every prop reaches the store", () => {
    const every: Required<VaultProps> = { ...props, version: "v1", namespace: "books", caProvider: authority, mountPath: "shelves" };
    expect(SecretStoreProvider.vault(every).spec).toEqual({
      vault: {
        server: "https://vault.bookshop.example",
        path: "secret",
        version: "v1",
        namespace: "books",
        caProvider: authority,
        auth: { kubernetes: { mountPath: "shelves", role: "bookshop", serviceAccountRef: serviceAccount } },
      },
    });
  });
});

describe("SecretStoreProvider.kubernetes", () => {
  test("by default reads this cluster, trusted by the ConfigMap that every namespace has", () => {
    expect(SecretStoreProvider.kubernetes({ remoteNamespace: "vault", serviceAccount }).spec).toEqual({
      kubernetes: {
        remoteNamespace: "vault",
        server: { caProvider: { type: "ConfigMap", name: "kube-root-ca.crt", namespace: "external-secrets", key: "ca.crt" } },
        auth: { serviceAccount },
      },
    });
  });

  test("every prop reaches the store", () => {
    const props: Required<KubernetesProps> = {
      remoteNamespace: "vault",
      serviceAccount,
      server: { url: "https://warehouse.bookshop.example", caProvider: authority },
    };
    expect(SecretStoreProvider.kubernetes(props).spec).toEqual({
      kubernetes: {
        remoteNamespace: "vault",
        server: { url: "https://warehouse.bookshop.example", caProvider: authority },
        auth: { serviceAccount },
      },
    });
  });
});
