import { stringify } from "yaml";

/** Kinds that Argo CD does not look at. */
interface Exclusion {
  readonly apiGroups: readonly string[];
  readonly kinds: readonly string[];
}

/** Fields whose change alone is no news. */
interface IgnoredUpdates {
  readonly jsonPointers?: readonly string[];
  readonly jqPathExpressions?: readonly string[];
}

/** High in number and churn, never in Git, never what somebody looks for in a resource tree. */
const exclusions: readonly Exclusion[] = [
  { apiGroups: ["", "discovery.k8s.io"], kinds: ["Endpoints", "EndpointSlice"] },
  { apiGroups: ["coordination.k8s.io"], kinds: ["Lease"] },
  {
    apiGroups: ["authentication.k8s.io", "authorization.k8s.io"],
    kinds: [
      "SelfSubjectReview",
      "TokenReview",
      "LocalSubjectAccessReview",
      "SelfSubjectAccessReview",
      "SelfSubjectRulesReview",
      "SubjectAccessReview",
    ],
  },
  { apiGroups: ["certificates.k8s.io"], kinds: ["CertificateSigningRequest"] },
  { apiGroups: ["cert-manager.io"], kinds: ["CertificateRequest"] },
  { apiGroups: ["cilium.io"], kinds: ["CiliumIdentity", "CiliumEndpoint", "CiliumEndpointSlice"] },
  {
    apiGroups: ["kyverno.io", "reports.kyverno.io", "wgpolicyk8s.io"],
    kinds: [
      "PolicyReport",
      "ClusterPolicyReport",
      "EphemeralReport",
      "ClusterEphemeralReport",
      "AdmissionReport",
      "ClusterAdmissionReport",
      "BackgroundScanReport",
      "ClusterBackgroundScanReport",
      "UpdateRequest",
    ],
  },
];

const annotation = (key: string): string => `.metadata.annotations."${key}"`;

/** By `<group>_<Kind>`: what controllers write all the time. */
const ignoredUpdates: Readonly<Record<string, IgnoredUpdates>> = {
  all: { jsonPointers: ["/status"] },
  "argoproj.io_Application": {
    jqPathExpressions: [
      annotation("notified.notifications.argoproj.io"),
      annotation("argocd.argoproj.io/refresh"),
      annotation("argocd.argoproj.io/hydrate"),
      ".operation",
    ],
  },
  "argoproj.io_Rollout": { jqPathExpressions: [annotation("notified.notifications.argoproj.io")] },
  autoscaling_HorizontalPodAutoscaler: {
    jqPathExpressions: ["behavior", "conditions", "metrics", "current-metrics"].map((key) =>
      annotation(`autoscaling.alpha.kubernetes.io/${key}`),
    ),
  },
  ConfigMap: {
    jqPathExpressions: [
      annotation("cluster-autoscaler.kubernetes.io/last-updated"),
      annotation("control-plane.alpha.kubernetes.io/leader"),
    ],
  },
  apps_ReplicaSet: {
    jqPathExpressions: [
      annotation("deployment.kubernetes.io/desired-replicas"),
      annotation("deployment.kubernetes.io/max-replicas"),
      annotation("rollout.argoproj.io/desired-replicas"),
    ],
  },
  "discovery.k8s.io_EndpointSlice": { jsonPointers: ["/metadata", "/endpoints", "/ports"] },
  Endpoints: { jsonPointers: ["/metadata", "/subsets"] },
};

/**
 * The settings of argocd-cm that keep Argo CD from watching what nobody deploys. Argo CD 3.5 has them in the ConfigMap that it is installed with, not
 * in its code: whoever keeps that ConfigMap in Git has to say them too.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#resource-exclusioninclusion
 */
export function watchedResources(): Record<string, string> {
  const text = (value: unknown): string => stringify(value, { indentSeq: false, lineWidth: 0 });
  return {
    "resource.exclusions": text(exclusions),
    ...Object.fromEntries(
      Object.entries(ignoredUpdates).map(([kind, updates]) => [`resource.customizations.ignoreResourceUpdates.${kind}`, text(updates)]),
    ),
  };
}
