import { dev } from "../../environments/dev/environment.ts";
import { production } from "../../environments/production/environment.ts";
import { maintenanceWindows } from "../../environments/production/sync-windows.ts";
import { staging } from "../../environments/staging/environment.ts";
import { defineSystem } from "../../lib/definition/system.ts";
import { mlTeam } from "../teams.ts";
import { mlopsSentiment } from "./mlops-sentiment.ts";

export const mlopsSentimentSystem = defineSystem({
  name: "mlops-sentiment",
  team: mlTeam,
  environments: [dev, staging, production],
  applications: "per-system",
  services: [mlopsSentiment],
  namespace: {
    externalSecrets: { "api-key": { data: { "api-key": { key: "mlops-sentiment-api-key" } } } },
  },
  syncWindows: [{ environment: production, windows: maintenanceWindows }],
});
