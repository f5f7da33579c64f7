/** Where a sync option may stand: in an Application's `syncOptions`, or in an annotation of one resource. */
export type SyncOptionLevel = "application" | "resource";

/** What Argo CD knows of a sync option. */
interface SyncOptionFacts {
  readonly levels: readonly SyncOptionLevel[];
  readonly values: readonly string[];
  /** The first version that knows it on an Application; on a resource all of them are older than any version Keelson targets. */
  readonly onApplicationsSince?: string;
}

const flag: readonly string[] = ["true", "false"];
const anywhere: readonly SyncOptionLevel[] = ["application", "resource"];

/** Every sync option. @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ */
export const syncOptionFacts = {
  ApplyOutOfSyncOnly: { levels: ["application"], values: flag },
  ClientSideApplyMigration: { levels: ["application"], values: flag, onApplicationsSince: "3.3" },
  CreateNamespace: { levels: ["application"], values: flag },
  Delete: { levels: anywhere, values: [...flag, "confirm"], onApplicationsSince: "3.4" },
  FailOnSharedResource: { levels: ["application"], values: flag },
  Force: { levels: ["resource"], values: flag },
  Prune: { levels: anywhere, values: [...flag, "confirm"], onApplicationsSince: "3.4" },
  PruneLast: { levels: anywhere, values: flag },
  PrunePropagationPolicy: { levels: ["application"], values: ["foreground", "background", "orphan"] },
  Replace: { levels: anywhere, values: flag },
  RespectIgnoreDifferences: { levels: ["application"], values: flag },
  ServerSideApply: { levels: anywhere, values: flag },
  SkipDryRunOnMissingResource: { levels: anywhere, values: flag },
  Validate: { levels: anywhere, values: flag },
} as const satisfies Readonly<Record<string, SyncOptionFacts>>;

/** The name of a sync option: what stands before `=`. */
export type SyncOptionName = keyof typeof syncOptionFacts;

/** Every compare option, with the values that it takes; `IgnoreExtraneous` takes none. @see https://argo-cd.readthedocs.io/en/stable/user-guide/compare-options/ */
export const compareOptionValues = {
  IgnoreExtraneous: [],
  IncludeMutationWebhook: flag,
  ServerSideDiff: flag,
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The name of a compare option. */
export type CompareOptionName = keyof typeof compareOptionValues;

/** What is known of a sync option by a name that somebody wrote. */
export function syncOptionNamed(name: string): SyncOptionFacts | undefined {
  return Object.hasOwn(syncOptionFacts, name) ? syncOptionFacts[name as SyncOptionName] : undefined;
}

/** The values of a compare option by a name that somebody wrote. */
export function compareOptionNamed(name: string): readonly string[] | undefined {
  return Object.hasOwn(compareOptionValues, name) ? compareOptionValues[name as CompareOptionName] : undefined;
}
