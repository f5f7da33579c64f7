import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";

const sealingScopes = ["strict", "namespace-wide", "cluster-wide"] as const;

/**
 * What a ciphertext is bound to: the namespace and the Secret's name, the namespace alone, or the cluster alone. Bound to more it opens nowhere else;
 * bound to less, whoever may write to the repository can copy it to where they read it.
 */
export type SealingScope = (typeof sealingScopes)[number];

/**
 * A Secret that the Sealed Secrets controller makes from ciphertext in Git, which `keelson seal` writes.
 * @see https://github.com/bitnami-labs/sealed-secrets#overview
 */
export interface SealedSecretSpec {
  /** Keys of the Secret; each needs a ciphertext in every environment. */
  readonly keys: readonly string[];
  /** @default "strict" */
  readonly scope?: SealingScope;
  /**
   * The Secret's type: `kubernetes.io/dockerconfigjson` for `imagePullSecrets`.
   * @default "Opaque"
   * @see https://kubernetes.io/docs/concepts/configuration/secret/#secret-types
   */
  readonly type?: string;
  /** Of the Secret, beside its unit's. @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * The scope of a sealed secret; `strict` where it says none.
 *
 * @throws UserError when it is no scope, which types would have refused: they are not checked when definitions are rendered
 */
export function sealingScopeOf(name: string, { scope = "strict" }: Pick<SealedSecretSpec, "scope">): SealingScope {
  if (sealingScopes.includes(scope)) return scope;
  throw new UserError(`the scope '${scope}' of sealed secret '${name}' is none`, {
    hint: `the scopes are: ${nearestNames(scope, sealingScopes)}`,
  });
}
