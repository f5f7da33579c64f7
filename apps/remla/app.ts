import { defineService } from "../../lib/definition/service.ts";
import { CanaryService } from "../../lib/workload/canary-service.ts";

/** The web app; one number shares its requests out between the stable version and the canary. */
export const app = defineService({
  name: "app",
  construct: CanaryService,
  props: {
    canaryWeight: 10,
    gateway: {},
    requestsPerMinute: 100,
    config: { MODEL_SERVICE_URL: "http://model-service:8080" },
    replicas: 2,
    resources: { requests: { cpu: "100m", memory: "128Mi" } },
    metrics: {},
  },
});
