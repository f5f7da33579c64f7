import { defineService } from "../../lib/definition/service.ts";
import { WebService } from "../../lib/workload/web-service.ts";
import { databaseAccess } from "./database-access.ts";

/** Stock levels; called by the product service only. */
export const inventoryService = defineService({
  name: "inventory-service",
  construct: WebService,
  syncWave: 1,
  props: {
    env: databaseAccess,
    replicas: 2,
    resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
    metrics: {},
  },
});
