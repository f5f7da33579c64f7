import { Construct } from "constructs";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { PrometheusRule } from "./prometheus-rule.ts";
import type { Alert, AlertGroup } from "./prometheus-rule.ts";

/** The Applications of a system, and who hears of their alerts. */
export interface ArgoCdAlertRoute {
  readonly system: string;
  /** The AppProjects of the system, by their exact names: `bookshop-production`. */
  readonly projects: readonly string[];
  /** Value of the label `team`, which Alertmanager routes by. */
  readonly team: string;
}

/** What an author says of {@link ArgoCdAlerts}. */
export interface ArgoCdAlertsProps {
  readonly routes: readonly ArgoCdAlertRoute[];
  /** @default "argocd-alerts" */
  readonly name?: string;
  /** Labels that a Prometheus selects its rules by. @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** The alerts on Argo CD's Applications, one group for each system. */
export class ArgoCdAlerts extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<ArgoCdAlertsProps>) {
    super(scope, id);
    const { context, routes, name = "argocd-alerts", labels } = props;
    new PrometheusRule(this, "rule", { context, name, groups: argoCdAlertGroups(routes), ...(labels && { labels }) });
  }
}

/**
 * One group of alerts for each system, by the system's name, so that the order of the routes does not matter.
 *
 * @throws UserError when a system has no project
 */
export function argoCdAlertGroups(routes: readonly ArgoCdAlertRoute[]): readonly AlertGroup[] {
  return routes.map((route) => ({ name: `argocd-${route.system}`, rules: argoCdAlerts(route) })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The alerts on the Applications of a system. `OutOfSync` cannot tell a pending release from drift, hence the first one's name.
 *
 * @throws UserError when the system has no project
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/metrics/
 */
export function argoCdAlerts({ system, projects, team }: ArgoCdAlertRoute): readonly Alert[] {
  if (projects.length === 0) throw new UserError(`the Argo CD alerts of system '${system}' name no project`);
  const project = `project=~"${anchoredAlternatives(projects)}"`;
  const failedSyncs = `argocd_app_sync_total{${project},phase=~"Error|Failed",dry_run="false"}`;
  return [
    {
      alert: "ArgoCdApplicationPendingOrDrifted",
      expr: `argocd_app_info{${project},sync_status="OutOfSync"} == 1`,
      for: "30m",
      labels: { team, severity: "warning" },
      annotations: {
        summary: "Application {{ $labels.name }} has been OutOfSync for 30 minutes",
        description: "A release waits for its sync, or the cluster has drifted from Git: `keelson status` tells which.",
      },
    },
    {
      alert: "ArgoCdSyncFailed",
      // a counter appears with its first failure at 1, in which increase() sees no increase
      expr: `increase(${failedSyncs}[10m]) > 0 or (${failedSyncs} unless ${failedSyncs} offset 10m)`,
      labels: { team, severity: "critical" },
      annotations: {
        summary: "A sync of Application {{ $labels.name }} failed in the last 10 minutes",
        description: "Read why with `argocd app get {{ $labels.name }} --show-operation`.",
      },
    },
    {
      alert: "ArgoCdApplicationDegraded",
      expr: `argocd_app_info{${project},health_status="Degraded"} == 1`,
      for: "15m",
      labels: { team, severity: "critical" },
      annotations: {
        summary: "Application {{ $labels.name }} has been Degraded for 15 minutes",
        description: "Something that it runs does not work: `argocd app get {{ $labels.name }}` lists its resources.",
      },
    },
  ];
}

/** Prometheus anchors the pattern, so that `shop` never means `bookshop`; a dot is doubly escaped, for the pattern and for PromQL's quotes. */
function anchoredAlternatives(names: readonly string[]): string {
  return [...new Set(names)]
    .sort()
    .map((name) => name.replaceAll(/[^-a-zA-Z0-9_]/g, String.raw`\\$&`))
    .join("|");
}
