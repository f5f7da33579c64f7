import { Value } from "../definition/value.ts";

/** Where the certificate of an {@link HttpIngress} comes from; the key itself is never in Git. */
export class Tls extends Value {
  /** The Secret of type `kubernetes.io/tls`, or `undefined` for `<ingress>-tls`. */
  readonly secretName: string | undefined;
  /** The issuer that fills that Secret, where one does. */
  readonly clusterIssuer: string | undefined;

  private constructor(secretName: string | undefined, clusterIssuer: string | undefined) {
    super();
    this.secretName = secretName;
    this.clusterIssuer = clusterIssuer;
  }

  /** A Secret of type `kubernetes.io/tls` that exists in the Ingress' namespace. */
  static secret(name: string): Tls {
    return new Tls(name, undefined);
  }

  /**
   * cert-manager issues the certificate into the Secret `<ingress>-tls`.
   * @see https://cert-manager.io/docs/usage/ingress/
   */
  static issuedBy(clusterIssuer: string): Tls {
    return new Tls(undefined, clusterIssuer);
  }
}
