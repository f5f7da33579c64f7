/** One key of an external secret, as the External Secrets Operator reads it. */
export interface RemoteReference {
  /** The secret's name at the provider; for GCP the bare name, never `projects/…/versions/…`. */
  readonly key: string;
  /** A key inside a structured secret. @default the whole secret */
  readonly property?: string;
  /** @default the provider's own: the newest */
  readonly version?: string;
}

/**
 * A Secret that the External Secrets Operator makes from the environment's store.
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export interface ExternalSecretSpec {
  /** Keys of the Secret, and where each comes from. */
  readonly data: Readonly<Record<string, RemoteReference>>;
  /**
   * The Secret's type: `kubernetes.io/dockerconfigjson` for `imagePullSecrets`.
   * @default "Opaque"
   * @see https://kubernetes.io/docs/concepts/configuration/secret/#secret-types
   */
  readonly type?: string;
  /** A Go duration in canonical form. @default "1h0m0s" */
  readonly refreshInterval?: string;
}
