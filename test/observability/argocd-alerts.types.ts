import { defineService } from "../../lib/definition/service.ts";
import { ArgoCdAlerts } from "../../lib/observability/argocd-alerts.ts";

/** The construct can be a unit. */
export const unit = defineService({
  name: "alerts",
  construct: ArgoCdAlerts,
  props: { routes: [{ system: "bookshop", projects: ["bookshop-dev"], team: "shop-team" }] },
});

defineService({
  name: "alerts",
  construct: ArgoCdAlerts,
  // @ts-expect-error: alerts without a team would reach nobody
  props: { routes: [{ system: "bookshop", projects: ["bookshop-dev"] }] },
});
