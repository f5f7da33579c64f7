import { Value } from "../definition/value.ts";
import { UserError } from "../errors/user-error.ts";
import { argocdAnnotation } from "../manifest/argocd-annotations.ts";
import { type SyncOptionLevel, type SyncOptionName, syncOptionNamed } from "../manifest/sync-option-names.ts";
import { requireSince } from "./require-since.ts";

/**
 * How Argo CD applies, prunes and deletes. `Level` says where the option may stand; one that may stand at both fits either.
 * What compares (`ServerSideDiff`, `IgnoreExtraneous`) is no sync option: see `CompareOption`.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 */
export class SyncOption<in Level extends SyncOptionLevel> extends Value {
  /** `Prune`, `CreateNamespace` … */
  readonly key: SyncOptionName;
  readonly value: string;
  /** Never set: carries the level. */
  declare protected readonly level: (level: Level) => void;

  private constructor(key: SyncOptionName, value: string) {
    super();
    this.key = key;
    this.value = value;
  }

  /** Makes the destination's namespace when it is not there. */
  static createNamespace(): SyncOption<"application"> {
    return new SyncOption("CreateNamespace", "true");
  }

  /** Leaves fields under `ignoreDifferences` alone when syncing too, not only when comparing. */
  static respectIgnoreDifferences(): SyncOption<"application"> {
    return new SyncOption("RespectIgnoreDifferences", "true");
  }

  /** Applies only what is out of sync. */
  static applyOutOfSyncOnly(): SyncOption<"application"> {
    return new SyncOption("ApplyOutOfSyncOnly", "true");
  }

  /** Fails when another Application already holds one of the resources. */
  static failOnSharedResource(): SyncOption<"application"> {
    return new SyncOption("FailOnSharedResource", "true");
  }

  /** What becomes of dependents when their owner is pruned. Argo CD's own default is `foreground`. */
  static prunePropagationPolicy(policy: "foreground" | "background" | "orphan"): SyncOption<"application"> {
    return new SyncOption("PrunePropagationPolicy", policy);
  }

  /** `false` leaves field ownership of an earlier client-side apply where it is; Argo CD 3.3 or later. */
  static clientSideApplyMigration(migrate: false): SyncOption<"application"> {
    return new SyncOption("ClientSideApplyMigration", String(migrate));
  }

  /** Applies on the server, with force. `false` takes one resource out again. */
  static serverSideApply(enabled = true): SyncOption<SyncOptionLevel> {
    return new SyncOption("ServerSideApply", String(enabled));
  }

  /** Replaces instead of applying; wins over `serverSideApply`. */
  static replace(): SyncOption<SyncOptionLevel> {
    return new SyncOption("Replace", "true");
  }

  /** Prunes as the last wave, after all else is healthy. */
  static pruneLast(): SyncOption<SyncOptionLevel> {
    return new SyncOption("PruneLast", "true");
  }

  /** Skips the dry run of a kind that the cluster does not know yet. */
  static skipDryRunOnMissingResource(): SyncOption<SyncOptionLevel> {
    return new SyncOption("SkipDryRunOnMissingResource", "true");
  }

  /** `false` applies without validating against the schema. */
  static validate(validate: false): SyncOption<SyncOptionLevel> {
    return new SyncOption("Validate", String(validate));
  }

  /** What happens when the resource left Git: never pruned, or after somebody confirmed. On an Application: Argo CD 3.4 or later. */
  static prune(prune: "false" | "confirm"): SyncOption<SyncOptionLevel> {
    return new SyncOption("Prune", prune);
  }

  /** What happens when the Application is deleted: the resource stays, or goes after somebody confirmed. On an Application: Argo CD 3.4 or later. */
  static delete(deletion: "false" | "confirm"): SyncOption<SyncOptionLevel> {
    return new SyncOption("Delete", deletion);
  }

  /** Deletes and makes anew. For single resources, together with `replace`. */
  static force(): SyncOption<"resource"> {
    return new SyncOption("Force", "true");
  }

  /** As Argo CD reads it: `Prune=confirm`. */
  override toString(): string {
    return `${this.key}=${this.value}`;
  }
}

/**
 * The list for `spec.syncPolicy.syncOptions` of an Application, in the order given.
 *
 * @param argocdVersion - the targeted version
 * @throws UserError when an option stands twice or the targeted version does not know it there
 */
export function applicationSyncOptions(options: readonly SyncOption<"application">[], argocdVersion: string): readonly string[] {
  requireOnce(options);
  for (const { key } of options) {
    const since = syncOptionNamed(key)?.onApplicationsSince;
    if (since !== undefined) requireSince(`spec.syncPolicy.syncOptions: ${key}`, since, argocdVersion);
  }
  return options.map(String);
}

/**
 * The annotation that gives one resource its own options, in the order given; none when there are none.
 *
 * @throws UserError when an option stands twice
 */
export function syncOptionsAnnotation(...options: readonly SyncOption<"resource">[]): Readonly<Record<string, string>> {
  requireOnce(options);
  return options.length === 0 ? {} : { [argocdAnnotation.syncOptions]: options.map(String).join(",") };
}

function requireOnce(options: readonly SyncOption<never>[]): void {
  const twice = options.find(({ key }, index) => options.findIndex((other) => other.key === key) !== index);
  if (twice !== undefined)
    throw new UserError(`the sync option '${twice.key}' is given twice`, {
      hint: `keep one of them, got ${options.map((option) => `'${option.toString()}'`).join(", ")}`,
    });
}
