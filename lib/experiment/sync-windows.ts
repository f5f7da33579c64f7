import { appProjectKind, type LiveApplication } from "../cluster/application.ts";
import type { KubernetesApi } from "../cluster/kubernetes-api.ts";
import { UserError } from "../errors/user-error.ts";

interface LiveWindow {
  readonly kind?: string;
  readonly schedule?: string;
  readonly duration?: string;
  readonly timeZone?: string;
  readonly applications?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly clusters?: readonly string[];
}

/**
 * The sync windows of an Application's project that may be about it, as a person reads them: inside of a deny window, and outside of an
 * allow window, nothing is healed, and Argo CD does not say why. Whether one is open now is not worked out.
 *
 * @returns none where the project may not be read
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync_windows/
 */
export async function syncWindowsOf(api: KubernetesApi, { name, namespace, project }: LiveApplication): Promise<string[]> {
  if (project === undefined) return [];
  try {
    const live = await api.get({ ...appProjectKind, name: project, namespace });
    const { syncWindows = [] } = (live?.spec ?? {}) as { readonly syncWindows?: readonly LiveWindow[] };
    return syncWindows
      .filter((window) => mayConcern(window, name))
      .map(({ kind = "?", schedule = "?", duration = "?", timeZone = "UTC" }) => `${kind} '${schedule}' for ${duration} (${timeZone})`);
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

/** By the Application's name; a window that also names namespaces or clusters may concern every Application. */
function mayConcern({ applications = [], namespaces = [], clusters = [] }: LiveWindow, application: string): boolean {
  if (namespaces.length + clusters.length > 0) return true;
  return applications.some((glob) => {
    const pattern = glob
      .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return new RegExp(`^${pattern}$`).test(application);
  });
}
