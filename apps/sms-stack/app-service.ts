import { defineService } from "../../lib/definition/service.ts";
import { Tls } from "../../lib/traffic/tls.ts";
import { WebService } from "../../lib/workload/web-service.ts";

export const appService = defineService({
  name: "app-service",
  construct: WebService,
  props: {
    config: { MODEL_SERVICE_URL: "http://model-service:8080" },
    replicas: 2,
    resources: { requests: { cpu: "100m", memory: "128Mi" } },
    ingress: { tls: Tls.issuedBy("letsencrypt") },
    metrics: {},
  },
});
