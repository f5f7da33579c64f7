import { defineService } from "../../lib/definition/service.ts";
import { namespaceOf } from "../../lib/definition/namespace-of.ts";
import { ArgoCdAlerts } from "../../lib/observability/argocd-alerts.ts";
import { inventorySystem } from "../inventory-system/system.ts";
import { mlopsSentimentSystem } from "../mlops-sentiment/system.ts";
import { remla } from "../remla/system.ts";
import { shop } from "../shop/system.ts";
import { smsStack } from "../sms-stack/system.ts";

/** Alerts on every system's Applications, routed to the team that owns it. */
export const alerts = defineService({
  name: "alerts",
  construct: ArgoCdAlerts,
  props: {
    routes: [inventorySystem, mlopsSentimentSystem, remla, shop, smsStack].map((system) => ({
      system: system.name,
      // a project is called like the namespace it stands for
      projects: system.environments.map((environment) => namespaceOf(system, environment)),
      team: system.team.name,
    })),
  },
});
