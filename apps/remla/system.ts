import { dev } from "../../environments/dev/environment.ts";
import { production } from "../../environments/production/environment.ts";
import { staging } from "../../environments/staging/environment.ts";
import { SyncMode } from "../../lib/definition/environment-policy.ts";
import { defineSystem } from "../../lib/definition/system.ts";
import { mlTeam } from "../teams.ts";
import { app } from "./app.ts";
import { modelService } from "./model-service.ts";

export const remla = defineSystem({
  name: "remla",
  team: mlTeam,
  environments: [dev, staging, production],
  applications: "application-set",
  services: [app, modelService],
  calls: [{ from: app, to: modelService }],
  // versions that do not fit each other broke canaries
  movesTogether: [[app, modelService]],
  // rate limits and routing by the caller's version need a proxy beside each Pod
  mesh: "sidecar",
  deviations: [
    {
      environment: production,
      policy: { sync: SyncMode.automated({ prune: false, selfHeal: false }), promotion: {} },
      reason: "the team releases on merge; what is live is changed and removed by people only",
    },
  ],
});
