import { Value } from "../definition/value.ts";
import { UserError } from "../errors/user-error.ts";
import { argocdAnnotation } from "../manifest/argocd-annotations.ts";
import type { CompareOptionName } from "../manifest/sync-option-names.ts";

/**
 * How Argo CD compares the target state with the live state. Stands in an annotation, of a resource or of an Application, never in `syncOptions`.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/compare-options/
 */
export class CompareOption extends Value {
  readonly key: CompareOptionName;
  /** `undefined`: the key alone is the option. */
  readonly value: string | undefined;

  private constructor(key: CompareOptionName, value?: string) {
    super();
    this.key = key;
    this.value = value;
  }

  /** A resource that is in the cluster and not in Git does not make the Application OutOfSync. */
  static ignoreExtraneous(): CompareOption {
    return new CompareOption("IgnoreExtraneous");
  }

  /** Compares by a dry run on the API server; `false` takes one resource or Application out of it. */
  static serverSideDiff(enabled = true): CompareOption {
    return new CompareOption("ServerSideDiff", String(enabled));
  }

  /** Lets mutating webhooks take part in the server-side diff. */
  static includeMutationWebhook(): CompareOption {
    return new CompareOption("IncludeMutationWebhook", "true");
  }

  /** As Argo CD reads it: `ServerSideDiff=true`. */
  override toString(): string {
    return this.value === undefined ? this.key : `${this.key}=${this.value}`;
  }
}

/**
 * The annotation that gives a resource or an Application its options, in the order given; none when there are none.
 *
 * @throws UserError when an option stands twice
 */
export function compareOptionsAnnotation(...options: readonly CompareOption[]): Readonly<Record<string, string>> {
  const twice = options.find(({ key }, index) => options.findIndex((other) => other.key === key) !== index);
  if (twice !== undefined) throw new UserError(`the compare option '${twice.key}' is given twice`);
  return options.length === 0 ? {} : { [argocdAnnotation.compareOptions]: options.map(String).join(",") };
}
