import { defineService } from "../../lib/definition/service.ts";
import { RolloutStrategy } from "../../lib/workload/rollout-strategy.ts";
import { Tls } from "../../lib/traffic/tls.ts";
import { Volume } from "../../lib/workload/volume.ts";
import { WebService } from "../../lib/workload/web-service.ts";

export const frontend = defineService({
  name: "frontend",
  construct: WebService,
  props: {
    config: { ORDER_SERVICE_URL: "http://order-service:8080" },
    autoscaling: { minReplicas: 2, maxReplicas: 4, cpu: 70 },
    resources: { requests: { cpu: "100m", memory: "128Mi" } },
    strategy: RolloutStrategy.rollingUpdate({ maxUnavailable: 0, maxSurge: 1 }),
    ingress: { tls: Tls.issuedBy("letsencrypt") },
    metrics: {},
    volumes: { tmp: Volume.emptyDir() },
    volumeMounts: { "/tmp": "tmp" },
  },
});
