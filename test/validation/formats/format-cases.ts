import type { KubernetesObject } from "../../../lib/manifest/manifest.ts";

/** Values of one field that are right, and values that are wrong. */
export interface FormatCase {
  /** One of {@link bases}. */
  readonly kind: keyof typeof bases;
  /** `spec.ports[0].port`; `undefined` as a value takes the field away. */
  readonly path: string;
  readonly good: readonly unknown[];
  readonly bad: readonly unknown[];
  /** Why the API server takes what is bad all the same. */
  readonly serverTakesAll?: string;
}

const labels = { app: "catalogue" };
const container = { name: "catalogue", image: "registry.example/bookshop/catalogue:1" };
const template = { metadata: { labels }, spec: { containers: [container] } };
const toItsEnd = { metadata: { labels }, spec: { containers: [container], restartPolicy: "Never" } };
const claim = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } };
const long = "a".repeat(64);

/** A small good object of each kind. */
export const bases = {
  Deployment: object("apps/v1", "Deployment", { spec: { selector: { matchLabels: labels }, template } }),
  DaemonSet: object("apps/v1", "DaemonSet", { spec: { selector: { matchLabels: labels }, template } }),
  StatefulSet: object("apps/v1", "StatefulSet", {
    spec: {
      selector: { matchLabels: labels },
      template,
      serviceName: "catalogue",
      volumeClaimTemplates: [{ metadata: { name: "data" }, spec: claim }],
    },
  }),
  Job: object("batch/v1", "Job", { spec: { template: toItsEnd } }),
  CronJob: object("batch/v1", "CronJob", { spec: { schedule: "0 3 * * *", jobTemplate: { spec: { template: toItsEnd } } } }),
  HorizontalPodAutoscaler: object("autoscaling/v2", "HorizontalPodAutoscaler", {
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "catalogue" },
      maxReplicas: 4,
      metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } }],
      behavior: { scaleDown: { policies: [{ type: "Pods", value: 1, periodSeconds: 60 }] } },
    },
  }),
  PodDisruptionBudget: object("policy/v1", "PodDisruptionBudget", { spec: { selector: { matchLabels: labels }, maxUnavailable: 1 } }),
  PersistentVolumeClaim: object("v1", "PersistentVolumeClaim", { spec: claim }),
  Service: object("v1", "Service", { spec: { selector: labels, ports: [{ name: "http", port: 80, targetPort: "http" }] } }),
  Ingress: object("networking.k8s.io/v1", "Ingress", {
    spec: {
      tls: [{ hosts: ["books.example"], secretName: "books-tls" }],
      rules: [
        {
          host: "books.example",
          http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "catalogue", port: { name: "http" } } } }] },
        },
      ],
    },
  }),
  NetworkPolicy: object("networking.k8s.io/v1", "NetworkPolicy", {
    spec: { podSelector: { matchLabels: labels }, ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/8" } }], ports: [{ port: 8080 }] }] },
  }),
  ConfigMap: object("v1", "ConfigMap", { data: { "nginx.conf": "server {}" } }),
  Secret: object("v1", "Secret", { data: { password: "Ym9va3M=" } }),
  Namespace: object("v1", "Namespace", {}),
  LimitRange: object("v1", "LimitRange", { spec: { limits: [{ type: "Container", default: { cpu: "1" } }] } }),
  ResourceQuota: object("v1", "ResourceQuota", { spec: { hard: { "requests.cpu": "10" } } }),
  Role: object("rbac.authorization.k8s.io/v1", "Role", { rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }] }),
  RoleBinding: object("rbac.authorization.k8s.io/v1", "RoleBinding", {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "catalogue" },
    subjects: [{ kind: "ServiceAccount", name: "catalogue", namespace: "bookshop-dev" }],
  }),
  ClusterRoleBinding: object("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "catalogue" },
    subjects: [{ kind: "ServiceAccount", name: "catalogue", namespace: "bookshop-dev" }],
  }),
  PriorityClass: object("scheduling.k8s.io/v1", "PriorityClass", { value: 1000 }),
  StorageClass: object("storage.k8s.io/v1", "StorageClass", { provisioner: "disk.example" }),
  RuntimeClass: object("node.k8s.io/v1", "RuntimeClass", { handler: "runsc" }),
  ValidatingAdmissionPolicy: object("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", {
    spec: {
      matchConstraints: { resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }] },
      variables: [{ name: "named", expression: "object.metadata.name" }],
      validations: [{ expression: "variables.named != ''" }],
    },
  }),
  ValidatingAdmissionPolicyBinding: object("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", {
    spec: { policyName: "catalogue", validationActions: ["Deny"], matchResources: { namespaceSelector: { matchLabels: labels } } },
  }),
  Application: object("argoproj.io/v1alpha1", "Application", {
    spec: {
      project: "bookshop",
      destination: { server: "https://kubernetes.default.svc", namespace: "bookshop-dev" },
      source: { repoURL: "https://git.example/bookshop", path: "dist" },
      syncPolicy: { retry: { limit: 2, backoff: { duration: "5s", maxDuration: "3m", factor: 2 } } },
    },
  }),
  AppProject: object("argoproj.io/v1alpha1", "AppProject", {
    spec: { syncWindows: [{ kind: "allow", schedule: "0 9 * * 1-4", duration: "8h", timeZone: "Europe/Amsterdam", applications: ["*"] }] },
  }),
  ExternalSecret: object("external-secrets.io/v1", "ExternalSecret", {
    spec: {
      refreshInterval: "1h0m0s",
      secretStoreRef: { kind: "SecretStore", name: "bookshop" },
      data: [{ secretKey: "a", remoteRef: { key: "b" } }],
    },
  }),
} as const satisfies Readonly<Record<string, KubernetesObject>>;

const pod = "spec.template.spec";
const first = `${pod}.containers[0]`;
const readByOperators = "a custom resource: only the operator's own code reads the text";

/** Every field whose format the rule knows, with what it takes and what it refuses. */
export const formatCases: readonly FormatCase[] = [
  // of every object
  { kind: "ConfigMap", path: "metadata.name", good: ["a", "a.b-c", "1"], bad: ["A", "a_b", "-a", "a..b", "a".repeat(254), undefined] },
  { kind: "Service", path: "metadata.name", good: ["catalogue", "1a"], bad: ["a.b", long, "Catalogue"] },
  { kind: "Namespace", path: "metadata.name", good: ["bookshop-dev"], bad: ["bookshop.dev", long] },
  { kind: "StatefulSet", path: "metadata.name", good: ["stock"], bad: ["stock.db"] },
  { kind: "CronJob", path: "metadata.name", good: ["a".repeat(52)], bad: ["a".repeat(53)] },
  { kind: "Job", path: "metadata.name", good: ["a".repeat(63)], bad: ["a".repeat(64)] },
  { kind: "Role", path: "metadata.name", good: ["system:reader", "Reader of all"], bad: ["a/b", "a%b", "..", "."] },
  {
    kind: "ConfigMap",
    path: "metadata.labels",
    good: [{ "app.kubernetes.io/name": "a", b: "" }, { A_b: "1.0" }],
    bad: [{ "a b": "c" }, { a: "b c" }, { a: long }, { "/a": "b" }, { "A.example/a": "b" }, { a: "-b" }],
  },
  {
    kind: "ConfigMap",
    path: "metadata.annotations",
    good: [{ "Example.com/a": "b c" }],
    bad: [{ "a b": "" }, { "a/b/c": "" }, { a: "b".repeat(256 * 1024) }],
  },
  { kind: "ConfigMap", path: "metadata.finalizers", good: [["example.com/clean"]], bad: [["a b/c"]] },
  // Pods
  { kind: "Deployment", path: `${first}.name`, good: ["a-1"], bad: ["A", "a.b", long] },
  {
    kind: "Deployment",
    path: `${first}.image`,
    good: ["nginx", "localhost:5000/a/b:1", `ghcr.io/a/b@sha256:${"0".repeat(64)}`],
    bad: [undefined, ""],
  },
  {
    kind: "Deployment",
    path: `${first}.image`,
    good: [],
    bad: ["Nginx", "nginx:", "a b", "ghcr.io//a"],
    serverTakesAll: "the kubelet says so: InvalidImageName",
  },
  {
    kind: "Deployment",
    path: `${first}.ports`,
    good: [[{ containerPort: 1, name: "http-2" }], [{ containerPort: 65535 }]],
    bad: [
      [{ containerPort: 0 }],
      [{ containerPort: 65536 }],
      [{ containerPort: 80, name: "HTTP" }],
      [{ containerPort: 80, name: "a".repeat(16) }],
      [{ containerPort: 80, name: "80" }],
      [{ containerPort: 80, name: "a--b" }],
      [{ containerPort: 80, hostPort: 70000 }],
    ],
  },
  {
    kind: "Deployment",
    path: `${first}.env`,
    good: [[{ name: "A.b-c 1", value: "x" }], [{ name: "A", valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } }]],
    bad: [
      [{ name: "A=B" }],
      [{ name: "É" }],
      [{ name: "A", valueFrom: {} }],
      [{ name: "A", value: "b", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } }],
      [{ name: "A", valueFrom: { fieldRef: { fieldPath: "status.phase" } } }],
      [{ name: "A", valueFrom: { secretKeyRef: { name: "a", key: "b c" } } }],
      [{ name: "A", valueFrom: { secretKeyRef: { key: "b" } } }],
      [{ name: "A", valueFrom: { secretKeyRef: { name: "a", key: "b" }, configMapKeyRef: { name: "a", key: "b" } } }],
    ],
  },
  {
    kind: "Deployment",
    path: `${first}.envFrom`,
    good: [[{ prefix: "A_", secretRef: { name: "a" } }]],
    bad: [[{}], [{ secretRef: {} }], [{ configMapRef: { name: "A" } }], [{ prefix: "A=", secretRef: { name: "a" } }]],
  },
  {
    kind: "Deployment",
    path: `${first}.readinessProbe`,
    good: [{ httpGet: { port: "http" }, successThreshold: 2 }, { grpc: { port: 1 } }],
    bad: [
      {},
      { httpGet: { port: 0 } },
      { httpGet: { port: "HTTP" } },
      { tcpSocket: { port: 70000 } },
      { grpc: { port: 0 } },
      { exec: {} },
      { exec: { command: ["a"] }, grpc: { port: 1 } },
      { exec: { command: ["a"] }, periodSeconds: -1 },
    ],
  },
  {
    kind: "Deployment",
    path: `${first}.livenessProbe`,
    good: [{ grpc: { port: 1 }, successThreshold: 1 }],
    bad: [
      { grpc: { port: 1 }, successThreshold: 2 },
      { grpc: { port: 1 }, terminationGracePeriodSeconds: 0 },
    ],
  },
  {
    kind: "Deployment",
    path: `${first}.lifecycle`,
    good: [{ preStop: { sleep: { seconds: 5 } } }],
    bad: [{ preStop: {} }, { postStart: { exec: {} } }],
  },
  {
    kind: "Deployment",
    path: `${pod}.initContainers`,
    good: [
      [{ ...container, name: "wait" }],
      [{ ...container, name: "wait", restartPolicy: "Always", startupProbe: { grpc: { port: 1 } } }],
    ],
    bad: [[{ ...container, name: "wait", livenessProbe: { grpc: { port: 1 } } }], [{ name: "wait" }]],
  },
  {
    kind: "Deployment",
    path: `${pod}.volumes`,
    good: [[{ name: "tmp" }], [{ name: "tmp", emptyDir: { sizeLimit: "1Gi" } }]],
    bad: [
      [{ name: "Tmp" }],
      [{ name: "a", emptyDir: {}, hostPath: { path: "/" } }],
      [{ name: "a", configMap: {} }],
      [{ name: "a", secret: {} }],
      [{ name: "a", persistentVolumeClaim: { claimName: "" } }],
      [{ name: "a", hostPath: { path: "" } }],
    ],
  },
  { kind: "Deployment", path: `${first}.volumeMounts`, good: [[]], bad: [[{ name: "tmp", mountPath: "/tmp" }]] },
  {
    kind: "StatefulSet",
    path: `${first}.volumeMounts`,
    good: [[{ name: "data", mountPath: "/data" }]],
    bad: [[{ name: "journal", mountPath: "/data" }], [{ name: "data", mountPath: "" }]],
  },
  {
    kind: "Deployment",
    path: `${pod}.securityContext`,
    good: [{ runAsUser: 0, fsGroup: 65532 }],
    bad: [{ runAsUser: -1 }, { runAsGroup: 2 ** 31 }, { supplementalGroups: [-1] }],
  },
  {
    kind: "Deployment",
    path: `${pod}.tolerations`,
    good: [[{ operator: "Exists" }], [{ key: "a", value: "b", effect: "NoExecute", tolerationSeconds: 5 }]],
    bad: [[{ value: "b" }], [{ key: "a", operator: "Exists", value: "b" }], [{ key: "a b" }], [{ key: "a", tolerationSeconds: 5 }]],
  },
  {
    kind: "Deployment",
    path: `${pod}.topologySpreadConstraints`,
    good: [[{ maxSkew: 1, topologyKey: "a/b", whenUnsatisfiable: "ScheduleAnyway", labelSelector: { matchLabels: labels } }]],
    bad: [
      [{ maxSkew: 0, topologyKey: "a", whenUnsatisfiable: "ScheduleAnyway" }],
      [{ maxSkew: 1, topologyKey: "", whenUnsatisfiable: "ScheduleAnyway" }],
    ],
  },
  {
    kind: "Deployment",
    path: `${pod}.affinity`,
    good: [
      {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, podAffinityTerm: { topologyKey: "a", labelSelector: { matchLabels: labels } } },
          ],
        },
      },
    ],
    bad: [
      { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 0, podAffinityTerm: { topologyKey: "a" } }] } },
      { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "" }] } },
      { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } },
      {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: "a", operator: "Gt", values: ["1", "2"] }] }],
          },
        },
      },
      {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: "a", operator: "Exists", values: ["1"] }] }],
          },
        },
      },
    ],
  },
  { kind: "Deployment", path: `${pod}.nodeSelector`, good: [{ "kubernetes.io/os": "linux" }], bad: [{ "a b": "c" }, { a: "b c" }] },
  { kind: "Deployment", path: `${pod}.serviceAccountName`, good: ["catalogue"], bad: ["Catalogue"] },
  { kind: "Deployment", path: `${pod}.priorityClassName`, good: ["high"], bad: ["High!"] },
  { kind: "Deployment", path: `${pod}.hostname`, good: ["a"], bad: ["a.b"] },
  {
    kind: "Deployment",
    path: `${pod}.hostAliases`,
    good: [[{ ip: "::1", hostnames: ["a"] }]],
    bad: [[{ ip: "300.1.1.1", hostnames: ["a"] }]],
  },
  { kind: "Deployment", path: `${pod}.activeDeadlineSeconds`, good: [], bad: [0] },
  { kind: "Deployment", path: `${pod}.restartPolicy`, good: ["Always"], bad: ["Never"] },
  { kind: "Job", path: `${pod}.restartPolicy`, good: ["OnFailure"], bad: ["Always", undefined] },
  {
    kind: "Deployment",
    path: `${pod}.containers`,
    good: [[container, { ...container, name: "other" }]],
    bad: [[], [container, container]],
  },
  {
    kind: "Deployment",
    path: pod,
    good: [{ containers: [container], volumes: [{ name: "a" }, { name: "b" }] }],
    bad: [
      { containers: [container], volumes: [{ name: "a" }, { name: "a" }] },
      { containers: [container], initContainers: [container, container] },
    ],
  },
  // workloads
  {
    kind: "Deployment",
    path: "spec.selector",
    good: [{ matchExpressions: [{ key: "app", operator: "Exists" }] }],
    bad: [
      {},
      { matchExpressions: [{ key: "app", operator: "In" }] },
      { matchExpressions: [{ key: "app", operator: "Exists", values: ["a"] }] },
      { matchExpressions: [{ key: "app", operator: "Like" }] },
    ],
  },
  { kind: "Deployment", path: "spec.replicas", good: [0], bad: [-1] },
  { kind: "Deployment", path: "spec.revisionHistoryLimit", good: [0], bad: [-1] },
  { kind: "Deployment", path: "spec.minReadySeconds", good: [0], bad: [-1, 600] },
  {
    kind: "Deployment",
    path: "spec.strategy",
    good: [{ rollingUpdate: { maxSurge: "150%", maxUnavailable: 0 } }, { type: "Recreate" }],
    bad: [
      { rollingUpdate: { maxSurge: 0, maxUnavailable: "0%" } },
      { rollingUpdate: { maxUnavailable: "101%" } },
      { rollingUpdate: { maxSurge: "half" } },
      { rollingUpdate: { maxSurge: -1 } },
      { type: "Recreate", rollingUpdate: {} },
    ],
  },
  {
    kind: "DaemonSet",
    path: "spec.updateStrategy",
    good: [{ rollingUpdate: { maxUnavailable: "10%" } }],
    bad: [{ rollingUpdate: { maxUnavailable: "10" } }],
  },
  { kind: "StatefulSet", path: "spec.serviceName", good: ["stock"], bad: ["Stock"] },
  {
    kind: "StatefulSet",
    path: "spec.volumeClaimTemplates[0].spec",
    good: [{ ...claim, storageClassName: "fast.ssd" }],
    bad: [
      { resources: claim.resources },
      { accessModes: ["ReadWriteOnce"] },
      { ...claim, resources: { requests: { cpu: "1" } } },
      { ...claim, storageClassName: "Fast" },
    ],
  },
  {
    kind: "PersistentVolumeClaim",
    path: "spec.resources",
    good: [{ requests: { storage: 5 } }],
    bad: [{}, { limits: { storage: "1Gi" } }, { requests: { storage: 0 } }],
  },
  { kind: "Job", path: "spec.backoffLimit", good: [0], bad: [-1] },
  { kind: "Job", path: "spec.ttlSecondsAfterFinished", good: [0], bad: [-1] },
  {
    kind: "CronJob",
    path: "spec.schedule",
    good: ["@daily", "@every 1h30m", "*/5 0-6/2 1,15 jan-MAR mon-fri", "5/10 * ? * 0"],
    bad: [
      "",
      "* * * *",
      "* * * * * *",
      "60 * * * *",
      "* 24 * * *",
      "* * 0 * *",
      "* * * 13 *",
      "* * * * 7",
      "*/0 * * * *",
      "5-1 * * * *",
      "@dayly",
      "* * * foo *",
      "TZ=UTC 0 3 * * *",
    ],
  },
  {
    kind: "CronJob",
    path: "spec.timeZone",
    good: ["UTC", "Etc/GMT+1", "America/Argentina/Ushuaia"],
    bad: ["Local", "Mars City", "Europe Amsterdam"],
  },
  { kind: "CronJob", path: "spec.startingDeadlineSeconds", good: [0], bad: [-1] },
  { kind: "HorizontalPodAutoscaler", path: "spec.minReplicas", good: [1, 4], bad: [-1, 5] },
  {
    kind: "HorizontalPodAutoscaler",
    path: "spec.metrics[0]",
    good: [{ type: "Pods", pods: { metric: { name: "a" }, target: { type: "AverageValue", averageValue: "1" } } }],
    bad: [
      { type: "Resource" },
      { type: "Cpu" },
      { type: "Resource", resource: { name: "cpu", target: { type: "Utilization" } } },
      { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 0 } } },
      { type: "Resource", resource: { name: "cpu", target: { type: "Percent", averageUtilization: 1 } } },
    ],
  },
  {
    kind: "HorizontalPodAutoscaler",
    path: "spec.behavior.scaleDown",
    good: [{ stabilizationWindowSeconds: 3600 }],
    bad: [
      { stabilizationWindowSeconds: 3601 },
      { policies: [{ type: "Pods", value: 0, periodSeconds: 60 }] },
      { policies: [{ type: "Pods", value: 1, periodSeconds: 1801 }] },
      { policies: [{ type: "Half", value: 1, periodSeconds: 60 }] },
    ],
  },
  {
    kind: "HorizontalPodAutoscaler",
    path: "spec.scaleTargetRef",
    good: [{ apiVersion: "apps/v1", kind: "StatefulSet", name: "a" }],
    bad: [{ apiVersion: "v1", kind: "Deployment", name: "a" }],
  },
  {
    kind: "PodDisruptionBudget",
    path: "spec",
    good: [{ minAvailable: "50%" }],
    bad: [{ minAvailable: 1, maxUnavailable: 1 }, { maxUnavailable: -1 }, { maxUnavailable: "101%" }, { minAvailable: "one" }],
  },
  // network
  {
    kind: "Service",
    path: "spec.ports",
    good: [
      [{ port: 80 }],
      [
        { name: "a", port: 80 },
        { name: "b", port: 81 },
      ],
      [
        { name: "a", port: 80 },
        { name: "b", port: 80, protocol: "UDP" },
      ],
    ],
    bad: [
      [
        { name: "a", port: 80 },
        { name: "b", port: 80, protocol: "TCP" },
      ],
      [{ port: 0 }],
      [{ port: 80, targetPort: 70000 }],
      [{ port: 80, targetPort: "HTTP" }],
      [{ port: 80 }, { name: "b", port: 81 }],
      [
        { name: "a", port: 80 },
        { name: "a", port: 81 },
      ],
      [{ name: "a.b", port: 80 }],
      [{ port: 80, appProtocol: "a b" }],
      [],
    ],
  },
  { kind: "Service", path: "spec.selector", good: [{ app: "a" }], bad: [{ "a b": "c" }, { a: "b c" }] },
  { kind: "Service", path: "spec.clusterIP", good: ["None"], bad: ["books"] },
  { kind: "Service", path: "spec.loadBalancerSourceRanges", good: [], bad: [["10.0.0.0"]] },
  {
    kind: "Service",
    path: "spec",
    good: [
      { type: "ExternalName", externalName: "db.example" },
      { type: "ExternalName", externalName: "db.example." },
    ],
    bad: [{ type: "ExternalName" }, { selector: labels }],
  },
  { kind: "Ingress", path: "spec.rules[0].host", good: ["a.b", "*.books.example"], bad: ["Books.example", "a.*.b", "books.example:80"] },
  { kind: "Ingress", path: "spec.rules[0].http.paths[0].path", good: ["/a"], bad: ["a", undefined] },
  {
    kind: "Ingress",
    path: "spec.rules[0].http.paths[0].backend",
    good: [{ service: { name: "a", port: { number: 80 } } }],
    bad: [
      {},
      { service: { name: "a" } },
      { service: { name: "A.b", port: { number: 80 } } },
      { service: { name: "a", port: { number: 0 } } },
      { service: { name: "a", port: { name: "http", number: 80 } } },
    ],
  },
  { kind: "Ingress", path: "spec.tls", good: [[{ hosts: ["*.a.b"] }]], bad: [[{ hosts: ["A.b"] }], [{ secretName: "A" }]] },
  { kind: "Ingress", path: "spec.ingressClassName", good: ["nginx"], bad: ["Nginx!"] },
  {
    kind: "NetworkPolicy",
    path: "spec.ingress[0].from",
    good: [[{ ipBlock: { cidr: "fd00::/8" } }], [{ podSelector: {} }]],
    bad: [
      [{ ipBlock: { cidr: "10.0.0.0" } }],
      [{ ipBlock: { cidr: "10.0.0.0/33" } }],
      [{ ipBlock: { cidr: "1:2:3/8" } }],
      [{ ipBlock: { cidr: "10.0.0.0/8" }, podSelector: {} }],
      [{}],
      [{ podSelector: { matchLabels: { a: "b c" } } }],
    ],
  },
  {
    kind: "NetworkPolicy",
    path: "spec.ingress[0].ports",
    good: [[{ port: "http" }], [{ port: 80, endPort: 90 }]],
    bad: [[{ port: 0 }], [{ port: "HTTP" }], [{ port: 80, endPort: 70 }], [{ port: "http", endPort: 90 }], [{ endPort: 90 }]],
  },
  // data and rights
  {
    kind: "ConfigMap",
    path: "data",
    good: [{ "a.b-C_1": "" }],
    bad: [{ "a/b": "" }, { "..a": "" }, { ".": "" }, { a: "b".repeat(1024 * 1024 + 1) }],
  },
  { kind: "ConfigMap", path: "binaryData", good: [{ logo: "" }], bad: [{ "nginx.conf": "" }, { "a b": "" }] },
  { kind: "Secret", path: "stringData", good: [{ pin: "1" }], bad: [{ "a b": "" }] },
  { kind: "LimitRange", path: "spec.limits[0].type", good: ["Container"], bad: ["Con tainer"] },
  {
    kind: "ResourceQuota",
    path: "spec.hard",
    good: [{ pods: "1", "count/jobs.batch": "2", "limits.memory": "1Gi" }],
    bad: [{ "a b": "1" }],
  },
  { kind: "Role", path: "rules[0].verbs", good: [["*"]], bad: [[]] },
  {
    kind: "RoleBinding",
    path: "roleRef",
    good: [{ apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "a:b" }],
    bad: [
      { apiGroup: "apps", kind: "Role", name: "a" },
      { apiGroup: "rbac.authorization.k8s.io", kind: "Rolle", name: "a" },
      { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "a/b" },
      { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "" },
    ],
  },
  {
    kind: "RoleBinding",
    path: "subjects[0]",
    good: [{ kind: "User", name: "a", apiGroup: "rbac.authorization.k8s.io" }],
    bad: [{ kind: "Robot", name: "a" }],
  },
  {
    kind: "ClusterRoleBinding",
    path: "subjects[0]",
    good: [{ kind: "Group", name: "a", apiGroup: "rbac.authorization.k8s.io" }],
    bad: [{ kind: "ServiceAccount", name: "a" }],
  },
  { kind: "PriorityClass", path: "value", good: [-5], bad: [1_000_000_001] },
  { kind: "StorageClass", path: "provisioner", good: ["a.b"], bad: [""] },
  { kind: "RuntimeClass", path: "handler", good: ["runsc"], bad: ["Runsc"] },
  {
    kind: "ValidatingAdmissionPolicy",
    path: "spec.matchConstraints",
    good: [],
    bad: [undefined, {}, { resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: [] }] }],
  },
  {
    kind: "ValidatingAdmissionPolicy",
    path: "spec.validations",
    good: [[{ expression: "true", reason: "Forbidden" }]],
    bad: [[], [{ expression: "true", reason: "Because" }]],
  },
  { kind: "ValidatingAdmissionPolicy", path: "spec.variables[0].name", good: ["named"], bad: ["a-b"] },
  { kind: "ValidatingAdmissionPolicyBinding", path: "spec.policyName", good: ["a.b"], bad: ["A"] },
  { kind: "ValidatingAdmissionPolicyBinding", path: "spec.validationActions", good: [["Warn"]], bad: [[]] },
  // read by operators
  {
    kind: "Application",
    path: "spec.syncPolicy.retry.backoff",
    good: [{ duration: "5" }, { maxDuration: "1h30m" }],
    bad: [{ duration: "5 seconds" }, { maxDuration: "1d" }, { factor: 0 }],
    serverTakesAll: readByOperators,
  },
  {
    kind: "AppProject",
    path: "spec.syncWindows[0].schedule",
    good: ["* * * * *"],
    bad: ["@daily", "0 9 * *"],
    serverTakesAll: readByOperators,
  },
  { kind: "AppProject", path: "spec.syncWindows[0].duration", good: ["336h"], bad: ["14d"], serverTakesAll: readByOperators },
  { kind: "AppProject", path: "spec.syncWindows[0].timeZone", good: ["UTC"], bad: ["Mars City"], serverTakesAll: readByOperators },
  { kind: "ExternalSecret", path: "spec.refreshInterval", good: ["30s"], bad: ["1d", "hourly"], serverTakesAll: readByOperators },
];

/** The base of a case with its field set to a value. */
export function withValue({ kind, path }: Pick<FormatCase, "kind" | "path">, value: unknown): KubernetesObject {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== "");
  return setAt(bases[kind], steps, value) as KubernetesObject;
}

function setAt(target: unknown, [step = "", ...rest]: readonly string[], value: unknown): unknown {
  const known = (target ?? {}) as Readonly<Record<string, unknown>>;
  const field = rest.length === 0 ? value : setAt(known[step], rest, value);
  if (Array.isArray(target)) return (target as readonly unknown[]).map((item, index) => (index === Number(step) ? field : item));
  return Object.fromEntries(Object.entries({ ...known, [step]: field }).filter(([, own]) => own !== undefined));
}

function object(apiVersion: string, kind: string, fields: object): KubernetesObject {
  return { apiVersion, kind, metadata: { name: "catalogue" }, ...fields };
}
