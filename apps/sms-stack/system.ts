import { dev } from "../../environments/dev/environment.ts";
import { production } from "../../environments/production/environment.ts";
import { staging } from "../../environments/staging/environment.ts";
import { SyncMode } from "../../lib/definition/environment-policy.ts";
import { defineSystem } from "../../lib/definition/system.ts";
import { mlTeam } from "../teams.ts";
import { appService } from "./app-service.ts";
import { modelService } from "./model-service.ts";

export const smsStack = defineSystem({
  name: "sms-stack",
  team: mlTeam,
  environments: [dev, staging, production],
  applications: "per-service",
  services: [appService, modelService],
  calls: [{ from: appService, to: modelService }],
  // no allow window here: it would stop self-heal outside of its hours
  deviations: [
    {
      environment: production,
      policy: { sync: SyncMode.automated({ prune: false, selfHeal: true }), promotion: {} },
      reason: "the team measures how fast the stack heals itself, production included",
    },
  ],
});
