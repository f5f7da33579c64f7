import { describe, expect, test } from "@jest/globals";
import { ServiceMonitor } from "../../lib/observability/service-monitor.ts";
import type { ServiceMonitorProps } from "../../lib/observability/service-monitor.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";

const context = bookshopContext();
const props: ServiceMonitorProps = { name: "catalogue", selector: { "app.kubernetes.io/name": "catalogue" }, port: "http" };

function render(monitor: ServiceMonitorProps) {
  return renderOne((scope) => new ServiceMonitor(scope, "monitor", { context, ...monitor }));
}

describe("ServiceMonitor", () => {
  test("scrapes /metrics as often as Prometheus does by itself", () => {
    expect(render(props)).toEqual({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "ServiceMonitor",
      metadata: { name: "catalogue", namespace: "bookshop-dev", labels: context.labels },
      spec: {
        selector: { matchLabels: { "app.kubernetes.io/name": "catalogue" } },
        endpoints: [{ port: "http", path: "/metrics" }],
      },
    });
  });

  test("every prop reaches the manifest", () => {
    const every: Required<ServiceMonitorProps> = {
      name: "till",
      selector: { app: "till" },
      port: "metrics",
      path: "/stats",
      interval: "15s",
      labels: { release: "kube-prometheus-stack" },
    };
    expect(render(every)).toMatchObject({
      metadata: { name: "till", labels: { ...context.labels, release: "kube-prometheus-stack" } },
      spec: { selector: { matchLabels: { app: "till" } }, endpoints: [{ port: "metrics", path: "/stats", interval: "15s" }] },
    });
  });

  test("fails without a label", () => {
    expect(caught(() => render({ ...props, selector: {} }))).toBe(
      "service monitor 'catalogue' selects by no label\nhint: an empty selector means every Service",
    );
  });

  test("fails for an interval that is no duration", () => {
    expect(caught(() => render({ ...props, interval: "often" }))).toBe(
      "the interval of service monitor 'catalogue' is not a duration: got 'often'\nhint: for example '30s', '5m' or '1h30m'",
    );
  });
});
