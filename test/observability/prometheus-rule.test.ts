import { describe, expect, test } from "@jest/globals";
import { PrometheusRule } from "../../lib/observability/prometheus-rule.ts";
import type { Alert, PrometheusRuleProps } from "../../lib/observability/prometheus-rule.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";

const context = bookshopContext();
const slow: Required<Alert> = {
  alert: "CatalogueSlow",
  expr: "catalogue_request_seconds > 1",
  for: "5m",
  labels: { team: "shop-team" },
  annotations: { summary: "Readers wait for the catalogue" },
};
const props: Required<PrometheusRuleProps> = {
  name: "catalogue",
  groups: [
    { name: "catalogue", rules: [slow, { alert: "CatalogueDown", expr: 'absent(up{job="catalogue"})' }] },
    { name: "till", rules: [{ alert: "TillDown", expr: 'absent(up{job="till"})' }] },
  ],
  labels: { release: "kube-prometheus-stack" },
};

function render(rule: PrometheusRuleProps) {
  return renderOne((scope) => new PrometheusRule(scope, "rule", { context, ...rule }));
}

describe("PrometheusRule", () => {
  test("every prop reaches the manifest, in the order given", () => {
    expect(render(props)).toEqual({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: { name: "catalogue", namespace: "bookshop-dev", labels: { ...context.labels, release: "kube-prometheus-stack" } },
      spec: {
        groups: [
          { name: "catalogue", rules: [slow, { alert: "CatalogueDown", expr: 'absent(up{job="catalogue"})' }] },
          { name: "till", rules: [{ alert: "TillDown", expr: 'absent(up{job="till"})' }] },
        ],
      },
    });
  });

  test("fails without a group", () => {
    expect(caught(() => render({ ...props, groups: [] }))).toBe("prometheus rule 'catalogue' has no group");
  });

  test("fails for a group without an alert", () => {
    expect(caught(() => render({ ...props, groups: [{ name: "till", rules: [] }] }))).toBe(
      "the group 'till' of prometheus rule 'catalogue' has no alert",
    );
  });

  test("fails for a group that is there twice", () => {
    const till = { name: "till", rules: [slow] };
    expect(caught(() => render({ ...props, groups: [till, till] }))).toBe(
      "the group 'till' of prometheus rule 'catalogue' is listed twice",
    );
  });

  test("fails for a time that is no duration", () => {
    expect(caught(() => render({ ...props, groups: [{ name: "till", rules: [{ ...slow, for: "a while" }] }] }))).toBe(
      "the duration of alert 'CatalogueSlow' is not a duration: got 'a while'\nhint: for example '30s', '5m' or '1h30m'",
    );
  });
});
