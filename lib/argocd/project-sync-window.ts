import type { SyncWindow } from "../definition/sync-window.ts";
import { UserError } from "../errors/user-error.ts";
import { requireField } from "./require-since.ts";

/** A window, and the Applications of the project that it holds for. */
export interface ProjectSyncWindow {
  readonly window: SyncWindow;
  /** Names, with `*` for any part; at least one. */
  readonly applications: readonly string[];
}

/** An entry of `spec.syncWindows` of an AppProject. */
export interface SyncWindowSpec {
  readonly kind: "allow" | "deny";
  readonly schedule: string;
  readonly duration: string;
  readonly timeZone: string;
  readonly manualSync: boolean;
  readonly syncOverrun?: boolean;
  readonly description?: string;
  readonly applications: readonly string[];
}

/**
 * Sync windows as their AppProject holds them.
 *
 * @param project - its name, for errors
 * @param argocdVersion - the targeted version
 * @throws UserError when a window holds for no Application, stands twice, has too long a description, or the targeted version does not know a field
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync_windows/
 */
export function syncWindowSpecs(windows: readonly ProjectSyncWindow[], project: string, argocdVersion: string): readonly SyncWindowSpec[] {
  const specs = windows.map(({ window, applications }) => syncWindowSpec(window, applications, project, argocdVersion));
  const identities = specs.map(({ kind, schedule, duration, timeZone, applications }) =>
    [kind, schedule, duration, timeZone, ...applications].join("\n"),
  );
  const twice = specs.find((_, index) => identities.indexOf(identities[index] ?? "") !== index);
  if (twice !== undefined) throw new UserError(`the sync window ${windowName(twice)} of project '${project}' is listed twice`);
  return specs;
}

function syncWindowSpec(window: SyncWindow, applications: readonly string[], project: string, argocdVersion: string): SyncWindowSpec {
  const { schedule, duration, timeZone, manualSync, syncOverrun, description } = window.props;
  const spec = { kind: window.kind, schedule, duration, timeZone, manualSync };
  if (applications.length === 0) {
    throw new UserError(`the sync window ${windowName(spec)} of project '${project}' holds for no Application`, {
      hint: "name at least one, or '*'",
    });
  }
  if (syncOverrun !== undefined) requireField("spec.syncWindows[].syncOverrun", argocdVersion);
  if (Buffer.byteLength(description ?? "") > 255) {
    throw new UserError(`the description of the sync window ${windowName(spec)} of project '${project}' is longer than 255 bytes`);
  }
  return { ...spec, ...(syncOverrun !== undefined && { syncOverrun }), ...(description !== undefined && { description }), applications };
}

function windowName({ kind, schedule, duration }: Pick<SyncWindowSpec, "kind" | "schedule" | "duration">): string {
  return `'${kind} ${schedule} for ${duration}'`;
}
