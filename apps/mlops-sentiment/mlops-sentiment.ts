import { defineService } from "../../lib/definition/service.ts";
import { Tls } from "../../lib/traffic/tls.ts";
import { EnvVar } from "../../lib/workload/env-var.ts";
import { Probe } from "../../lib/workload/probe.ts";
import { Volume } from "../../lib/workload/volume.ts";
import { WebService } from "../../lib/workload/web-service.ts";

/** A sentiment model behind an API; the model is part of the image. */
export const mlopsSentiment = defineService({
  name: "mlops-sentiment",
  construct: WebService,
  props: {
    env: { MODEL_CACHE: "/var/cache/model", API_KEY: EnvVar.secretKey("api-key", "api-key") },
    replicas: 1,
    resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { memory: "2Gi" } },
    // loading the model takes its time
    startupProbe: Probe.httpGet("/healthz", { periodSeconds: 5, failureThreshold: 60 }),
    ingress: { tls: Tls.issuedBy("letsencrypt") },
    metrics: {},
    volumes: { cache: Volume.emptyDir({ sizeLimit: "2Gi" }), tmp: Volume.emptyDir() },
    volumeMounts: { "/tmp": "tmp", "/var/cache/model": "cache" },
  },
});
