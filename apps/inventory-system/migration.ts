import { defineService } from "../../lib/definition/service.ts";
import { MigrationJob } from "../../lib/workload/migration-job.ts";
import { databaseAccess } from "./database-access.ts";
import { inventoryService } from "./inventory-service.ts";

/**
 * Brings the schema up to date: after the database and its Secret, before the services. It runs the inventory service's image, because a hook alone
 * does not make an Application OutOfSync: a new migration always comes with a new service.
 */
export const migration = defineService({
  name: "migration",
  construct: MigrationJob,
  imageOf: inventoryService,
  syncWave: 0,
  props: {
    command: ["/app/migrate"],
    args: ["up"],
    env: databaseAccess,
    backoffLimit: 2,
    activeDeadlineSeconds: 600,
    resources: { requests: { cpu: "50m", memory: "64Mi" } },
  },
});
