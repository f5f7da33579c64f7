import { compareVersions } from "../definition/compare-versions.ts";
import { requireGoDuration } from "../definition/go-duration.ts";
import type { SyncMode } from "../definition/environment-policy.ts";
import { UserError } from "../errors/user-error.ts";
import { argocdSince } from "../manifest/component-facts.ts";
import { applicationSyncOptions, type SyncOption } from "./sync-option.ts";
import { requireField } from "./require-since.ts";

/** The first version that knows `retry.refresh`. */
const refreshSince = argocdSince["spec.syncPolicy.retry.refresh"];

/** How often a failed sync is tried again. */
export interface RetryProps {
  /** Attempts after the first; 0 none, negative without end. @default 5 */
  readonly limit?: number;
  /** Takes the newest revision for the next attempt, so that a fix does not wait for the retries of what it mends. @default true from Argo CD 3.2 on */
  readonly refresh?: boolean;
  readonly backoff?: {
    /** A Go duration: the wait before the first retry. @default "5s" */
    readonly duration?: string;
    /** What each further wait is multiplied by. @default 2 */
    readonly factor?: number;
    /** A Go duration: no wait is longer. @default "3m" */
    readonly maxDuration?: string;
  };
}

/** What an author says of an Application's sync policy. */
export interface SyncPolicyProps {
  readonly mode: SyncMode;
  /** `false` pauses auto-sync and keeps what it may do in Git; Argo CD 3.1 or later. @default Argo CD's own: true */
  readonly enabled?: boolean;
  /** Whether auto-sync may prune everything there is. @default false */
  readonly allowEmpty?: boolean;
  readonly retry?: RetryProps;
  /** @default none */
  readonly syncOptions?: readonly SyncOption<"application">[];
}

/** `spec.syncPolicy` of an Application. */
export interface SyncPolicySpec {
  /** Absent: every sync is started by hand. */
  readonly automated?: { readonly enabled?: boolean; readonly prune: boolean; readonly selfHeal: boolean; readonly allowEmpty: boolean };
  readonly retry: {
    readonly limit: number;
    readonly refresh?: boolean;
    readonly backoff: { readonly duration: string; readonly factor: number; readonly maxDuration: string };
  };
  readonly syncOptions?: readonly string[];
}

/**
 * The sync policy as Argo CD reads it, its defaults written out.
 *
 * @param argocdVersion - the targeted version
 * @throws UserError when the retry makes no sense, `enabled` or `allowEmpty` meets a manual mode, or the targeted version does not know a field
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/
 */
export function syncPolicySpec(props: SyncPolicyProps, argocdVersion: string): SyncPolicySpec {
  const syncOptions = applicationSyncOptions(props.syncOptions ?? [], argocdVersion);
  return {
    ...automated(props, argocdVersion),
    retry: retry(props.retry ?? {}, argocdVersion),
    ...(syncOptions.length > 0 && { syncOptions }),
  };
}

function automated({ mode, enabled, allowEmpty }: SyncPolicyProps, argocdVersion: string): Pick<SyncPolicySpec, "automated"> {
  if (mode.automated === undefined) {
    const meaningless = enabled !== undefined ? "enabled" : allowEmpty !== undefined ? "allowEmpty" : undefined;
    if (meaningless === undefined) return {};
    throw new UserError(`'${meaningless}' says something of auto-sync, but the sync mode is manual`, {
      hint: "leave it out, or give SyncMode.automated(…)",
    });
  }
  if (enabled !== undefined) requireField("spec.syncPolicy.automated.enabled", argocdVersion);
  const { prune, selfHeal } = mode.automated;
  return { automated: { ...(enabled !== undefined && { enabled }), prune, selfHeal, allowEmpty: allowEmpty ?? false } };
}

function retry(props: RetryProps, argocdVersion: string): SyncPolicySpec["retry"] {
  const { limit = 5, refresh = compareVersions(argocdVersion, refreshSince) >= 0 ? true : undefined, backoff = {} } = props;
  const { duration = "5s", factor = 2, maxDuration = "3m" } = backoff;
  if (refresh !== undefined) requireField("spec.syncPolicy.retry.refresh", argocdVersion);
  if (!Number.isSafeInteger(limit)) throw new UserError(`the retry limit is not a whole number, got '${limit}'`);
  if (!Number.isSafeInteger(factor) || factor < 1) {
    throw new UserError(`the retry backoff's factor is not a whole number of at least 1, got '${factor}'`);
  }
  requireGoDuration("retry backoff's duration", duration);
  requireGoDuration("retry backoff's maxDuration", maxDuration);
  return { limit, ...(refresh !== undefined && { refresh }), backoff: { duration, factor, maxDuration } };
}
