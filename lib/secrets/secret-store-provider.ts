import { Value } from "../definition/value.ts";

/** A ServiceAccount; stores serve the whole cluster, so its namespace is always said. */
export interface ServiceAccountReference {
  readonly name: string;
  readonly namespace: string;
}

/** Where the certificate of a server's authority is. */
export interface CertificateAuthority {
  readonly type: "ConfigMap" | "Secret";
  readonly name: string;
  readonly namespace: string;
  readonly key: string;
}

/** @see https://external-secrets.io/latest/provider/google-secrets-manager/ */
export interface GcpSecretManagerProps {
  /** The GCP project that holds the secrets. */
  readonly projectID: string;
  /** The region of regional secrets. @default global secrets */
  readonly location?: string;
  /** GKE's Workload Identity. @default the identity of the operator's own Pod */
  readonly workloadIdentity?: {
    /** Its cluster; each part by default the cluster that the operator runs in. */
    readonly clusterProjectID?: string;
    readonly clusterLocation?: string;
    readonly clusterName?: string;
    readonly serviceAccountRef: ServiceAccountReference;
  };
}

/** @see https://external-secrets.io/latest/provider/aws-secrets-manager/ */
export interface AwsSecretsManagerProps {
  readonly region: string;
  /** ARN of a role to assume. @default no other role */
  readonly role?: string;
  /** A ServiceAccount that stands for an IAM role. @default the identity of the operator's own Pod */
  readonly serviceAccountRef?: ServiceAccountReference;
}

/** @see https://external-secrets.io/latest/provider/hashicorp-vault/ */
export interface VaultProps {
  /** `https://vault.acme.example:8200`. */
  readonly server: string;
  /** Where the key-value engine is mounted: `secret`. */
  readonly path: string;
  /** Of the key-value engine. @default "v2" */
  readonly version?: "v1" | "v2";
  /** A namespace of Vault Enterprise. @default none */
  readonly namespace?: string;
  /** @default the authorities that the operator's image trusts */
  readonly caProvider?: CertificateAuthority;
  /** Where Vault's Kubernetes login is mounted. @default "kubernetes" */
  readonly mountPath?: string;
  /** The role of that login. */
  readonly role: string;
  readonly serviceAccountRef: ServiceAccountReference;
}

/** @see https://external-secrets.io/latest/provider/kubernetes/ */
export interface KubernetesProps {
  /** The namespace that holds the Secrets. */
  readonly remoteNamespace: string;
  /** Who reads them. */
  readonly serviceAccount: ServiceAccountReference;
  /** Another cluster's API server. @default the cluster itself, trusted by the ConfigMap `kube-root-ca.crt` */
  readonly server?: { readonly url: string; readonly caProvider: CertificateAuthority };
}

/** Where the secrets of a store come from; one provider with the keys that it takes. */
export class SecretStoreProvider extends Value {
  /** As in `spec.provider` of a store. */
  readonly spec: Readonly<Record<string, unknown>>;

  private constructor(spec: Readonly<Record<string, unknown>>) {
    super();
    this.spec = spec;
  }

  /** GCP Secret Manager. */
  static gcpSecretManager({ projectID, location, workloadIdentity }: GcpSecretManagerProps): SecretStoreProvider {
    return new SecretStoreProvider({
      gcpsm: { projectID, ...(location !== undefined && { location }), ...(workloadIdentity && { auth: { workloadIdentity } }) },
    });
  }

  /** AWS Secrets Manager. */
  static awsSecretsManager({ region, role, serviceAccountRef }: AwsSecretsManagerProps): SecretStoreProvider {
    return new SecretStoreProvider({
      aws: {
        service: "SecretsManager",
        region,
        ...(role !== undefined && { role }),
        ...(serviceAccountRef && { auth: { jwt: { serviceAccountRef } } }),
      },
    });
  }

  /** HashiCorp Vault's key-value engine, by Vault's Kubernetes login. */
  static vault(props: VaultProps): SecretStoreProvider {
    const { server, path, version = "v2", namespace, caProvider, mountPath = "kubernetes", role, serviceAccountRef } = props;
    return new SecretStoreProvider({
      vault: {
        server,
        path,
        version,
        ...(namespace !== undefined && { namespace }),
        ...(caProvider && { caProvider }),
        auth: { kubernetes: { mountPath, role, serviceAccountRef } },
      },
    });
  }

  /** Secrets of a namespace, in this cluster or another. */
  static kubernetes({ remoteNamespace, serviceAccount, server }: KubernetesProps): SecretStoreProvider {
    const ownAuthority = { type: "ConfigMap", name: "kube-root-ca.crt", namespace: serviceAccount.namespace, key: "ca.crt" };
    return new SecretStoreProvider({
      kubernetes: { remoteNamespace, server: server ?? { caProvider: ownAuthority }, auth: { serviceAccount } },
    });
  }
}
