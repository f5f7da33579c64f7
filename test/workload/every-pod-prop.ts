import type { FurtherContainerProps, InitContainerProps } from "../../lib/workload/container.ts";
import { EnvSource, EnvVar } from "../../lib/workload/env-var.ts";
import type { PodProps } from "../../lib/workload/pod-template.ts";
import { Probe } from "../../lib/workload/probe.ts";
import { AntiAffinity } from "../../lib/workload/scheduling.ts";
import { SecurityExemption } from "../../lib/workload/security-exemption.ts";
import { Volume } from "../../lib/workload/volume.ts";

/** Everything that can be said of a container beside the main one. */
const logShipper: Required<FurtherContainerProps> = {
  mainImage: true,
  command: ["/bin/ship"],
  args: ["--to", "journal"],
  env: { LEVEL: "info" },
  envFrom: [EnvSource.configMap("regions")],
  ports: { logs: 2020 },
  resources: { limits: { memory: "64Mi" } },
  livenessProbe: Probe.tcpSocket({ port: "logs" }),
  readinessProbe: Probe.none(),
  startupProbe: Probe.exec(["/bin/ship", "--check"]),
  preStop: ["/bin/ship", "--flush"],
  volumeMounts: { "/tmp": "tmp" },
  workingDir: "/var/log",
};

/** Init containers: one that ends, one that stays. */
const initContainers: Readonly<Record<string, InitContainerProps>> = {
  "fetch-covers": { command: ["/bin/fetch"] },
  tunnel: { restartPolicy: "Always", ports: { tunnel: 5433 }, startupProbe: Probe.tcpSocket() },
};

/** Everything that can be said of Pods. */
export const everyPodProp: Required<PodProps> = {
  command: ["/app/catalogue"],
  args: ["--shelves", "all"],
  env: {
    GREETING: "welcome",
    ADVERTISED_URL: "http://$(POD_IP):9090",
    EMPTY: "",
    DATABASE_PASSWORD: EnvVar.secretKey("db-credentials", "password"),
    THEME: EnvVar.configMapKey("themes", "default", { optional: true }),
    POD_IP: EnvVar.field("status.podIP"),
  },
  envFrom: [EnvSource.secret("mail", { prefix: "MAIL_" }), EnvSource.configMap("regions")],
  ports: { grpc: 9090, admin: 9091 },
  resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi", "ephemeral-storage": "1Gi" } },
  livenessProbe: Probe.httpGet("/live", {
    port: "admin",
    initialDelaySeconds: 5,
    periodSeconds: 20,
    timeoutSeconds: 2,
    failureThreshold: 4,
    successThreshold: 1,
  }),
  readinessProbe: Probe.grpc({ port: "grpc", service: "catalogue", periodSeconds: 5 }),
  startupProbe: Probe.exec(["/app/catalogue", "--warm"], { failureThreshold: 60 }),
  preStop: ["/bin/sleep", "5"],
  volumeMounts: { "/tmp": "tmp", "/covers": { volume: "covers", readOnly: true, subPath: "small" } },
  workingDir: "/app",
  podAntiAffinity: AntiAffinity.required("topology.kubernetes.io/zone"),
  nodeSelector: { "kubernetes.io/arch": "arm64" },
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: "disk", operator: "In", values: ["ssd"] }] }],
    },
  },
  podAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      { weight: 10, podAffinityTerm: { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: { app: "cache" } } } },
    ],
  },
  tolerations: [{ key: "dedicated", operator: "Equal", value: "bookshop", effect: "NoSchedule" }],
  topologySpreadConstraints: [{ topologyKey: "topology.kubernetes.io/zone", maxSkew: 2, whenUnsatisfiable: "DoNotSchedule" }],
  priorityClassName: "storefront",
  config: { CURRENCY: "EUR", MOTTO: "" },
  configFiles: { "/etc/bookshop/shelves.yaml": "shelves: [poetry]\n" },
  containers: { "log-shipper": logShipper },
  initContainers,
  volumes: {
    tmp: Volume.emptyDir({ sizeLimit: "1Gi", medium: "Memory" }),
    covers: Volume.persistentVolumeClaim("covers"),
    certificates: Volume.secret("catalogue-tls", { optional: true }),
    themes: Volume.configMap("themes"),
  },
  serviceAccount: { annotations: { "iam.gke.io/gcp-service-account": "catalogue@bookshop.example" }, automountToken: true },
  runAsUser: 1000,
  runAsGroup: 2000,
  fsGroup: 3000,
  securityExemption: SecurityExemption.because("writes its index beside itself", {
    container: { readOnlyRootFilesystem: false },
    pod: { fsGroupChangePolicy: "OnRootMismatch" },
  }),
  imagePullSecrets: ["registry-access"],
  terminationGracePeriodSeconds: 45,
  podLabels: { shelf: "front" },
  podAnnotations: { "prometheus.io/scrape": "false" },
};

const security = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, readOnlyRootFilesystem: false };

const ownLabels = { "app.kubernetes.io/name": "catalogue", "keelson.dev/track": "stable" };

/** The Pod template of the unit `catalogue` with {@link everyPodProp}, but for what a construct adds. */
export function everyPodTemplate(own: {
  readonly ports: readonly object[];
  readonly mounts?: readonly object[];
  readonly restartPolicy?: string;
}): object {
  const image = "registry.example/bookshop/catalogue:sha-1234567";
  return {
    metadata: {
      labels: { ...ownLabels, "app.kubernetes.io/part-of": "bookshop", shelf: "front" },
      annotations: {
        "keelson.dev/config-checksum": "ea0ea04ab407ec06022a5d0784a7b847baba5e608b4e2d62dea654e989563be9",
        "keelson.dev/security-exemption-reason": "writes its index beside itself",
        "prometheus.io/scrape": "false",
      },
    },
    spec: {
      serviceAccountName: "catalogue",
      ...(own.restartPolicy !== undefined && { restartPolicy: own.restartPolicy }),
      containers: [
        {
          name: "catalogue",
          image,
          command: ["/app/catalogue"],
          args: ["--shelves", "all"],
          env: [
            { name: "DATABASE_PASSWORD", valueFrom: { secretKeyRef: { name: "db-credentials", key: "password" } } },
            { name: "EMPTY", value: "" },
            { name: "GREETING", value: "welcome" },
            { name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
            { name: "THEME", valueFrom: { configMapKeyRef: { name: "themes", key: "default", optional: true } } },
            { name: "ADVERTISED_URL", value: "http://$(POD_IP):9090" },
          ],
          envFrom: [
            { configMapRef: { name: "catalogue-config" } },
            { prefix: "MAIL_", secretRef: { name: "mail" } },
            { configMapRef: { name: "regions" } },
          ],
          ports: own.ports,
          resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi", "ephemeral-storage": "1Gi" } },
          livenessProbe: {
            httpGet: { path: "/live", port: "admin" },
            initialDelaySeconds: 5,
            periodSeconds: 20,
            timeoutSeconds: 2,
            failureThreshold: 4,
            successThreshold: 1,
          },
          readinessProbe: { grpc: { port: 9090, service: "catalogue" }, periodSeconds: 5 },
          startupProbe: { exec: { command: ["/app/catalogue", "--warm"] }, failureThreshold: 60 },
          lifecycle: { preStop: { exec: { command: ["/bin/sleep", "5"] } } },
          volumeMounts: [
            { name: "covers", mountPath: "/covers", readOnly: true, subPath: "small" },
            {
              name: "config-files",
              mountPath: "/etc/bookshop/shelves.yaml",
              subPath: "etc_bookshop_shelves.yaml",
              readOnly: true,
            },
            { name: "tmp", mountPath: "/tmp" },
            ...(own.mounts ?? []),
          ],
          workingDir: "/app",
          securityContext: security,
        },
        {
          name: "log-shipper",
          image,
          command: ["/bin/ship"],
          args: ["--to", "journal"],
          env: [{ name: "LEVEL", value: "info" }],
          envFrom: [{ configMapRef: { name: "regions" } }],
          ports: [{ name: "logs", containerPort: 2020 }],
          resources: { limits: { memory: "64Mi" } },
          livenessProbe: { tcpSocket: { port: "logs" } },
          startupProbe: { exec: { command: ["/bin/ship", "--check"] } },
          lifecycle: { preStop: { exec: { command: ["/bin/ship", "--flush"] } } },
          volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
          workingDir: "/var/log",
          securityContext: security,
        },
      ],
      initContainers: [
        {
          name: "fetch-covers",
          image: "registry.example/bookshop/fetch-covers:sha-1234567",
          command: ["/bin/fetch"],
          securityContext: security,
        },
        {
          name: "tunnel",
          image: "registry.example/bookshop/tunnel:sha-1234567",
          restartPolicy: "Always",
          ports: [{ name: "tunnel", containerPort: 5433 }],
          startupProbe: { tcpSocket: { port: "tunnel" } },
          securityContext: security,
        },
      ],
      volumes: [
        { name: "tmp", emptyDir: { medium: "Memory", sizeLimit: "1Gi" } },
        { name: "covers", persistentVolumeClaim: { claimName: "covers" } },
        { name: "certificates", secret: { secretName: "catalogue-tls", optional: true } },
        { name: "themes", configMap: { name: "themes" } },
        { name: "config-files", configMap: { name: "catalogue-files" } },
      ],
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
        runAsUser: 1000,
        runAsGroup: 2000,
        fsGroup: 3000,
        fsGroupChangePolicy: "OnRootMismatch",
      },
      imagePullSecrets: [{ name: "registry-access" }],
      terminationGracePeriodSeconds: 45,
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: "disk", operator: "In", values: ["ssd"] }] }],
          },
        },
        podAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 10, podAffinityTerm: { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: { app: "cache" } } } },
          ],
        },
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { labelSelector: { matchLabels: ownLabels }, topologyKey: "topology.kubernetes.io/zone" },
          ],
        },
      },
      nodeSelector: { "kubernetes.io/arch": "arm64" },
      tolerations: [{ key: "dedicated", operator: "Equal", value: "bookshop", effect: "NoSchedule" }],
      topologySpreadConstraints: [
        {
          topologyKey: "topology.kubernetes.io/zone",
          maxSkew: 2,
          whenUnsatisfiable: "DoNotSchedule",
          labelSelector: { matchLabels: ownLabels },
        },
      ],
      priorityClassName: "storefront",
    },
  };
}

/** The ConfigMaps and the ServiceAccount of the unit `catalogue` with {@link everyPodProp}. */
export const everyPodObject = {
  variables: { CURRENCY: "EUR", MOTTO: "" },
  files: { "etc_bookshop_shelves.yaml": "shelves: [poetry]\n" },
  serviceAccountAnnotations: { "iam.gke.io/gcp-service-account": "catalogue@bookshop.example" },
  serviceAccountToken: true,
};
