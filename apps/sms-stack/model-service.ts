import { defineService } from "../../lib/definition/service.ts";
import { Volume } from "../../lib/workload/volume.ts";
import { WebService } from "../../lib/workload/web-service.ts";

export const modelService = defineService({
  name: "model-service",
  construct: WebService,
  props: {
    replicas: 2,
    resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { memory: "1Gi" } },
    metrics: {},
    volumes: { tmp: Volume.emptyDir() },
    volumeMounts: { "/tmp": "tmp" },
  },
});
