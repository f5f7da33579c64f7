import { Value } from "../definition/value.ts";

/** What a Secret of its own may be given beside its data. */
export interface OwnedSecretProps {
  /** @default the name of the ExternalSecret */
  readonly name?: string;
  /** The Secret's labels, instead of the ExternalSecret's. @default the labels and annotations of the ExternalSecret */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default "Opaque" @see https://kubernetes.io/docs/concepts/configuration/secret/#secret-types */
  readonly type?: string;
}

/** The Secret that an {@link ExternalSecret} fills: one of its own, or keys in one that exists. */
export class SecretTarget extends Value {
  /** `undefined`: the ExternalSecret's name. */
  readonly name: string | undefined;
  readonly creationPolicy: "Owner" | "Merge";
  /** As in the ExternalSecret's `spec.target`. */
  readonly template: object | undefined;

  private constructor(name: string | undefined, creationPolicy: "Owner" | "Merge", template: object | undefined) {
    super();
    this.name = name;
    this.creationPolicy = creationPolicy;
    this.template = template;
  }

  /** A Secret that the operator makes, and that goes with its ExternalSecret. */
  static owned({ name, labels, type }: OwnedSecretProps = {}): SecretTarget {
    const template = {
      engineVersion: "v2",
      mergePolicy: "Replace",
      ...(labels && { metadata: { labels } }),
      ...(type !== undefined && { type }),
    };
    return new SecretTarget(name, "Owner", labels || type !== undefined ? template : undefined);
  }

  /**
   * Keys in a Secret that somebody else makes: `argocd-secret`. Its other keys, labels and annotations stay.
   * @param name - the Secret, in the ExternalSecret's namespace
   */
  static mergedInto(name: string): SecretTarget {
    // without a template the operator copies the ExternalSecret's labels over the Secret's, and Argo CD no longer finds its own
    return new SecretTarget(name, "Merge", { engineVersion: "v2", mergePolicy: "Merge" });
  }
}
