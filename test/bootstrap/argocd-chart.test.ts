import { expect, test } from "@jest/globals";
import { argoCdChartValues, chartVersionOf } from "../../lib/bootstrap/argocd-chart.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { caught } from "../support/caught.ts";

test("the chart of the targeted Argo CD version is pinned", () => {
  expect(bookshop.controlPlanes.map(({ argocdVersion }) => chartVersionOf(argocdVersion))).toEqual([
    expect.stringMatching(/^\d+\.\d+\.\d+$/),
  ]);
});

test("an Argo CD version without a chart says where to add one", () => {
  expect(caught(() => chartVersionOf("3.6.0"))).toBe(
    "no chart is pinned for Argo CD '3.6.0'\n" +
      "hint: add to lib/bootstrap/argocd-chart.ts the argo-cd chart whose appVersion is v3.6.0; pinned are '3.5.3'",
  );
});

test("the chart makes no ConfigMap that Git keeps, and every other one", () => {
  const values = argoCdChartValues("3.5.3", new Set(["argocd-cm", "argocd-notifications-cm"]));
  expect([values.configs.cm, values.configs.rbac, values.notifications.cm]).toEqual([
    { create: false },
    { create: true },
    { create: false },
  ]);
});

test("the image is the targeted version, the CRDs outlive the release, and each resource's health is written down", () => {
  expect(argoCdChartValues("3.5.3", new Set())).toMatchObject({
    global: { image: { tag: "v3.5.3" } },
    crds: { install: true, keep: true },
    // by it `status` names what is degraded
    configs: { params: { "controller.resource.health.persist": "true" } },
  });
});
