import { projectOf } from "../../lib/definition/project-of.ts";
import { defineService } from "../../lib/definition/service.ts";
import { ArgoCdAlerts } from "../../lib/observability/argocd-alerts.ts";
import { platformTeam } from "../teams.ts";
import { tenants } from "../tenants.ts";
import { platformClusters } from "./clusters.ts";

/** Alerts on all Applications, routed to the team that owns them; the roots, which deliver everything else, are the platform's. */
export const alerts = defineService({
  name: "alerts",
  construct: ArgoCdAlerts,
  props: {
    routes: [
      {
        system: "platform",
        projects: ["root", ...platformClusters.map((cluster) => projectOf({ name: "platform" }, cluster))].sort(),
        team: platformTeam.name,
      },
      ...tenants.map((system) => ({
        system: system.name,
        projects: system.environments.map((environment) => projectOf(system, environment)),
        team: system.team.name,
      })),
    ],
  },
});
