import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";

/** Where the official chart is published. */
export const chartRepository = "https://argoproj.github.io/argo-helm";

/** The chart that carries each Argo CD version: only then do its CRDs and permissions match. */
const chartVersions = new Map([["3.5.3", "10.9.5"]]);

/**
 * The part of the values of the chart `argo-cd` that Keelson sets; everything else stays at the chart's defaults.
 * @see https://github.com/argoproj/argo-helm/blob/argo-cd-10.9.5/charts/argo-cd/values.yaml
 */
export interface ArgoCdChartValues {
  readonly global: { readonly image: { readonly tag: string } };
  readonly crds: { readonly install: boolean; readonly keep: boolean };
  readonly configs: {
    readonly cm: { readonly create: boolean };
    readonly rbac: { readonly create: boolean };
    /** argocd-cmd-params-cm: what Argo CD's processes read once, at their start. */
    readonly params: Readonly<Record<string, string>>;
  };
  readonly notifications: { readonly cm: { readonly create: boolean } };
}

/**
 * The chart's version for an Argo CD version.
 *
 * @throws UserError when no chart is pinned for it
 */
export function chartVersionOf(argocdVersion: string): string {
  const version = chartVersions.get(argocdVersion);
  if (version !== undefined) return version;
  throw new UserError(`no chart is pinned for Argo CD '${argocdVersion}'`, {
    hint: `add to lib/bootstrap/argocd-chart.ts the argo-cd chart whose appVersion is v${argocdVersion}; pinned are ${nearestNames(argocdVersion, chartVersions.keys())}`,
  });
}

/**
 * The chart's values.
 *
 * @param settings - the ConfigMaps that Git keeps, which Helm must not write too
 */
export function argoCdChartValues(argocdVersion: string, settings: ReadonlySet<string>): ArgoCdChartValues {
  return {
    global: { image: { tag: `v${argocdVersion}` } },
    // without its CRDs every Application, and with the finalizers what it deploys, would go
    crds: { install: true, keep: true },
    configs: {
      cm: { create: !settings.has("argocd-cm") },
      rbac: { create: !settings.has("argocd-rbac-cm") },
      // so that `kubectl` and `keelson status` read the health of each object without asking argocd-server
      params: { "controller.resource.health.persist": "true" },
    },
    notifications: { cm: { create: !settings.has("argocd-notifications-cm") } },
  };
}
