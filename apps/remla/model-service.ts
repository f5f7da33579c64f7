import { defineService } from "../../lib/definition/service.ts";
import { Volume } from "../../lib/workload/volume.ts";
import { CanaryService } from "../../lib/workload/canary-service.ts";

/** The model. Its canary answers the app's canary and nobody else: a mismatch of the two versions broke canaries. */
export const modelService = defineService({
  name: "model-service",
  construct: CanaryService,
  props: {
    canaryWeight: 0,
    followCallers: true,
    replicas: 2,
    resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { memory: "1Gi" } },
    metrics: {},
    volumes: { tmp: Volume.emptyDir() },
    volumeMounts: { "/tmp": "tmp" },
  },
});
