/** A kind and its API group; the core group is `""`. */
export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/**
 * Every namespaced kind that Keelson's constructs can emit, and so what a tenant's project permits, by group and kind. Fixed on purpose: a project
 * that narrowed together with the last object of a kind would orphan that object in silence. No Secret, nothing of argoproj.io, no RBAC.
 */
export const namespacedKinds: readonly GroupKind[] = [
  { group: "", kind: "ConfigMap" },
  { group: "", kind: "LimitRange" },
  { group: "", kind: "PersistentVolumeClaim" },
  { group: "", kind: "ResourceQuota" },
  { group: "", kind: "Service" },
  { group: "", kind: "ServiceAccount" },
  { group: "apps", kind: "Deployment" },
  { group: "apps", kind: "StatefulSet" },
  { group: "autoscaling", kind: "HorizontalPodAutoscaler" },
  { group: "batch", kind: "CronJob" },
  { group: "batch", kind: "Job" },
  { group: "bitnami.com", kind: "SealedSecret" },
  { group: "external-secrets.io", kind: "ExternalSecret" },
  { group: "gateway.networking.k8s.io", kind: "HTTPRoute" },
  { group: "monitoring.coreos.com", kind: "PrometheusRule" },
  { group: "monitoring.coreos.com", kind: "ServiceMonitor" },
  { group: "networking.istio.io", kind: "DestinationRule" },
  { group: "networking.istio.io", kind: "EnvoyFilter" },
  { group: "networking.istio.io", kind: "Gateway" },
  { group: "networking.istio.io", kind: "VirtualService" },
  { group: "networking.k8s.io", kind: "Ingress" },
  { group: "networking.k8s.io", kind: "NetworkPolicy" },
  { group: "policy", kind: "PodDisruptionBudget" },
];

/** What the roots' project permits, and nobody else's: what delivers everything else. */
export const deliveryKinds: readonly GroupKind[] = [
  { group: "argoproj.io", kind: "AppProject" },
  { group: "argoproj.io", kind: "Application" },
  { group: "argoproj.io", kind: "ApplicationSet" },
];
