import { defineService } from "../../lib/definition/service.ts";
import { EnvVar } from "../../lib/workload/env-var.ts";
import { RolloutStrategy } from "../../lib/workload/rollout-strategy.ts";
import { Volume } from "../../lib/workload/volume.ts";
import { WebService } from "../../lib/workload/web-service.ts";

export const orderService = defineService({
  name: "order-service",
  construct: WebService,
  props: {
    config: { DATABASE_NAME: "orders", DATABASE_USER: "order-service" },
    env: { DATABASE_PASSWORD: EnvVar.secretKey("db-credentials", "password") },
    autoscaling: { minReplicas: 2, maxReplicas: 4, cpu: 70 },
    resources: { requests: { cpu: "100m", memory: "128Mi" } },
    strategy: RolloutStrategy.rollingUpdate({ maxUnavailable: 0, maxSurge: 1 }),
    metrics: {},
    volumes: { tmp: Volume.emptyDir() },
    volumeMounts: { "/tmp": "tmp" },
  },
});
