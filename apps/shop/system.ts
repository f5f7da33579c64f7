import { dev } from "../../environments/dev/environment.ts";
import { production } from "../../environments/production/environment.ts";
import { maintenanceWindows } from "../../environments/production/sync-windows.ts";
import { staging } from "../../environments/staging/environment.ts";
import { defineSystem } from "../../lib/definition/system.ts";
import { shopTeam } from "../teams.ts";
import { frontend } from "./frontend.ts";
import { orderService } from "./order-service.ts";

export const shop = defineSystem({
  name: "shop",
  team: shopTeam,
  environments: [dev, staging, production],
  applications: "per-service",
  registry: "europe-docker.pkg.dev/acme-shop/shop",
  services: [frontend, orderService],
  calls: [{ from: frontend, to: orderService }],
  namespace: {
    externalSecrets: { "db-credentials": { data: { password: { key: "db-password", version: "latest" } } } },
  },
  syncWindows: [{ environment: production, windows: maintenanceWindows }],
});
