import { describe, expect, test } from "@jest/globals";
import { ArgoCdAlerts, argoCdAlertGroups, argoCdAlerts } from "../../lib/observability/argocd-alerts.ts";
import type { ArgoCdAlertRoute, ArgoCdAlertsProps } from "../../lib/observability/argocd-alerts.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";

const bookshop: ArgoCdAlertRoute = { system: "bookshop", projects: ["bookshop-production", "bookshop-dev"], team: "shop-team" };
const warehouse: ArgoCdAlertRoute = { system: "warehouse", projects: ["warehouse-dev"], team: "stock-team" };

describe("argoCdAlerts", () => {
  test("tells pending or drifted, failed and degraded Applications of exactly the named projects", () => {
    const projects = 'project=~"bookshop-dev|bookshop-production"';
    const failed = `argocd_app_sync_total{${projects},phase=~"Error|Failed",dry_run="false"}`;
    expect(argoCdAlerts(bookshop).map(({ alert, expr, for: duration, labels }) => ({ alert, expr, for: duration, labels }))).toEqual([
      {
        alert: "ArgoCdApplicationPendingOrDrifted",
        expr: `argocd_app_info{${projects},sync_status="OutOfSync"} == 1`,
        for: "30m",
        labels: { team: "shop-team", severity: "warning" },
      },
      {
        alert: "ArgoCdSyncFailed",
        expr: `increase(${failed}[10m]) > 0 or (${failed} unless ${failed} offset 10m)`,
        for: undefined,
        labels: { team: "shop-team", severity: "critical" },
      },
      {
        alert: "ArgoCdApplicationDegraded",
        expr: `argocd_app_info{${projects},health_status="Degraded"} == 1`,
        for: "15m",
        labels: { team: "shop-team", severity: "critical" },
      },
    ]);
  });

  test("names the Application to the people who read it", () => {
    expect(argoCdAlerts(bookshop).map(({ annotations }) => annotations?.summary)).toEqual([
      "Application {{ $labels.name }} has been OutOfSync for 30 minutes",
      "A sync of Application {{ $labels.name }} failed in the last 10 minutes",
      "Application {{ $labels.name }} has been Degraded for 15 minutes",
    ]);
  });

  test("names a project once", () => {
    expect(argoCdAlerts({ ...bookshop, projects: ["bookshop-dev", "bookshop-dev"] })[0]?.expr).toContain('project=~"bookshop-dev"');
  });

  test("takes a dot in a project's name for a dot", () => {
    const [alert] = argoCdAlerts({ ...bookshop, projects: ["bookshop.v2"] });
    expect(alert?.expr).toBe(String.raw`argocd_app_info{project=~"bookshop\\.v2",sync_status="OutOfSync"} == 1`);
  });

  test("fails without a project, which would match every Application without one", () => {
    expect(caught(() => argoCdAlerts({ ...bookshop, projects: [] }))).toBe("the Argo CD alerts of system 'bookshop' name no project");
  });
});

describe("argoCdAlertGroups", () => {
  test("makes one group for each system, whatever the order of the routes and projects", () => {
    const groups = argoCdAlertGroups([warehouse, bookshop]);
    expect(groups.map(({ name, rules }) => [name, rules.length, rules[0]?.labels?.team])).toEqual([
      ["argocd-bookshop", 3, "shop-team"],
      ["argocd-warehouse", 3, "stock-team"],
    ]);
    expect(argoCdAlertGroups([{ ...bookshop, projects: ["bookshop-dev", "bookshop-production"] }, warehouse])).toEqual(groups);
  });
});

describe("ArgoCdAlerts", () => {
  const context = bookshopContext({ system: "platform", unit: "alerts", namespace: "monitoring" });

  test("renders the groups as one PrometheusRule 'argocd-alerts'", () => {
    expect(renderOne((scope) => new ArgoCdAlerts(scope, "alerts", { context, routes: [bookshop, warehouse] }))).toEqual({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: { name: "argocd-alerts", namespace: "monitoring", labels: context.labels },
      spec: { groups: argoCdAlertGroups([bookshop, warehouse]) },
    });
  });

  test("every prop reaches the manifest", () => {
    const props: Required<ArgoCdAlertsProps> = { routes: [warehouse], name: "gitops", labels: { release: "kube-prometheus-stack" } };
    expect(renderOne((scope) => new ArgoCdAlerts(scope, "alerts", { context, ...props }))).toMatchObject({
      metadata: { name: "gitops", labels: { release: "kube-prometheus-stack" } },
      spec: { groups: [{ name: "argocd-warehouse" }] },
    });
  });

  test("fails for a system that is there twice", () => {
    expect(caught(() => renderOne((scope) => new ArgoCdAlerts(scope, "alerts", { context, routes: [bookshop, bookshop] })))).toBe(
      "the group 'argocd-bookshop' of prometheus rule 'argocd-alerts' is listed twice",
    );
  });
});
