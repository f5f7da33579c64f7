import { defineService } from "../../lib/definition/service.ts";
import { Tls } from "../../lib/traffic/tls.ts";
import { WebService } from "../../lib/workload/web-service.ts";
import { databaseAccess } from "./database-access.ts";

export const userService = defineService({
  name: "user-service",
  construct: WebService,
  syncWave: 1,
  props: {
    env: databaseAccess,
    replicas: 2,
    resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
    ingress: { tls: Tls.issuedBy("letsencrypt") },
    metrics: {},
  },
});
