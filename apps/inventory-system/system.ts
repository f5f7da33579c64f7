import { production } from "../../environments/production/environment.ts";
import { maintenanceWindows } from "../../environments/production/sync-windows.ts";
import { staging } from "../../environments/staging/environment.ts";
import { defineSystem } from "../../lib/definition/system.ts";
import { inventoryTeam } from "../teams.ts";
import { inventoryService } from "./inventory-service.ts";
import { migration } from "./migration.ts";
import { postgresql } from "./postgresql.ts";
import { productService } from "./product-service.ts";
import { userService } from "./user-service.ts";

export const inventorySystem = defineSystem({
  name: "inventory-system",
  team: inventoryTeam,
  environments: [staging, production],
  applications: "per-system",
  services: [userService, productService, inventoryService, migration, postgresql],
  calls: [
    { from: productService, to: inventoryService },
    ...[userService, productService, inventoryService, migration].map((from) => ({ from, to: postgresql })),
  ],
  namespace: {
    externalSecrets: { "postgresql-credentials": { data: { password: { key: "inventory-postgresql-password" } } } },
  },
  syncWindows: [{ environment: production, windows: maintenanceWindows }],
});
