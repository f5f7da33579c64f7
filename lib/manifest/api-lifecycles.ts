/** An API version of some kinds, and the Kubernetes releases that serve it. */
export interface ApiLifecycle {
  readonly api: string;
  readonly kinds: readonly string[];
  /** The first release that serves it. */
  readonly since: string;
  readonly deprecated: string | undefined;
  /** The first release that does not serve it any more. */
  readonly removed: string | undefined;
  /** What to write instead. */
  readonly successor: string | undefined;
}

/** The newest release that the lifecycles are known for. */
export const newestKubernetes = "1.36";

/** API version, kinds, first release, deprecation, removal, successor; `-` where there is none. */
const table: readonly string[] = [
  "admissionregistration.k8s.io/v1 MutatingAdmissionPolicy,MutatingAdmissionPolicyBinding 1.36",
  "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy,ValidatingAdmissionPolicyBinding 1.30",
  "admissionregistration.k8s.io/v1alpha1 MutatingAdmissionPolicy,MutatingAdmissionPolicyBinding 1.32 1.35 1.38 admissionregistration.k8s.io/v1",
  "admissionregistration.k8s.io/v1alpha1 ValidatingAdmissionPolicy,ValidatingAdmissionPolicyBinding 1.26 1.29 1.32 admissionregistration.k8s.io/v1",
  "admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicy,MutatingAdmissionPolicyBinding 1.34 1.37 1.40 admissionregistration.k8s.io/v1",
  "admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration,ValidatingWebhookConfiguration 1.9 1.16 1.22 admissionregistration.k8s.io/v1",
  "admissionregistration.k8s.io/v1beta1 ValidatingAdmissionPolicy,ValidatingAdmissionPolicyBinding 1.28 1.31 1.34 admissionregistration.k8s.io/v1",
  "apiextensions.k8s.io/v1 CustomResourceDefinition 1.16",
  "apiextensions.k8s.io/v1beta1 CustomResourceDefinition 1.7 1.16 1.22 apiextensions.k8s.io/v1",
  "apiregistration.k8s.io/v1beta1 APIService 1.7 1.19 1.22 apiregistration.k8s.io/v1",
  "apps/v1beta1 Deployment 1.6 1.8 1.16 apps/v1",
  "apps/v1beta1 StatefulSet 1.5 1.8 1.16 apps/v1",
  "apps/v1beta2 DaemonSet,Deployment,ReplicaSet,StatefulSet 1.8 1.9 1.16 apps/v1",
  "autoscaling/v2 HorizontalPodAutoscaler 1.23",
  "autoscaling/v2beta1 HorizontalPodAutoscaler 1.8 1.22 1.25 autoscaling/v2",
  "autoscaling/v2beta2 HorizontalPodAutoscaler 1.12 1.23 1.26 autoscaling/v2",
  "batch/v1 CronJob 1.21",
  "batch/v1beta1 CronJob 1.8 1.21 1.25 batch/v1",
  "batch/v2alpha1 CronJob 1.5 1.8 1.21 batch/v1",
  "certificates.k8s.io/v1 CertificateSigningRequest 1.19",
  "certificates.k8s.io/v1alpha1 ClusterTrustBundle 1.26 1.34 1.37",
  "certificates.k8s.io/v1beta1 CertificateSigningRequest 1.12 1.19 1.22 certificates.k8s.io/v1",
  "certificates.k8s.io/v1beta1 ClusterTrustBundle 1.33 1.37 1.40",
  "certificates.k8s.io/v1beta1 PodCertificateRequest 1.35 1.38 1.41",
  "coordination.k8s.io/v1alpha2 LeaseCandidate 1.32 1.35 1.38",
  "coordination.k8s.io/v1beta1 Lease 1.12 1.19 1.22 coordination.k8s.io/v1",
  "coordination.k8s.io/v1beta1 LeaseCandidate 1.33 1.36 1.39",
  "discovery.k8s.io/v1 EndpointSlice 1.21",
  "discovery.k8s.io/v1beta1 EndpointSlice 1.16 1.21 1.25 discovery.k8s.io/v1",
  "events.k8s.io/v1 Event 1.19",
  "events.k8s.io/v1beta1 Event 1.8 1.22 1.25 events.k8s.io/v1",
  "extensions/v1beta1 DaemonSet,Deployment 1.1 1.8 1.16 apps/v1",
  "extensions/v1beta1 Ingress 1.1 1.14 1.22 networking.k8s.io/v1",
  "extensions/v1beta1 NetworkPolicy 1.3 1.9 1.16 networking.k8s.io/v1",
  "extensions/v1beta1 PodSecurityPolicy 1.3 1.10 1.16",
  "extensions/v1beta1 ReplicaSet 1.2 1.8 1.16 apps/v1",
  "flowcontrol.apiserver.k8s.io/v1 FlowSchema,PriorityLevelConfiguration 1.29",
  "flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema,PriorityLevelConfiguration 1.20 1.23 1.26 flowcontrol.apiserver.k8s.io/v1",
  "flowcontrol.apiserver.k8s.io/v1beta2 FlowSchema,PriorityLevelConfiguration 1.23 1.26 1.29 flowcontrol.apiserver.k8s.io/v1",
  "flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema,PriorityLevelConfiguration 1.26 1.29 1.32 flowcontrol.apiserver.k8s.io/v1",
  "networking.k8s.io/v1 IPAddress,ServiceCIDR 1.33",
  "networking.k8s.io/v1 Ingress,IngressClass 1.19",
  "networking.k8s.io/v1beta1 IPAddress,ServiceCIDR 1.31 1.34 1.37 networking.k8s.io/v1",
  "networking.k8s.io/v1beta1 Ingress 1.14 1.19 1.22 networking.k8s.io/v1",
  "networking.k8s.io/v1beta1 IngressClass 1.18 1.19 1.22 networking.k8s.io/v1",
  "node.k8s.io/v1 RuntimeClass 1.20",
  "node.k8s.io/v1beta1 RuntimeClass 1.13 1.22 1.25 node.k8s.io/v1",
  "policy/v1 PodDisruptionBudget 1.21",
  "policy/v1beta1 PodDisruptionBudget 1.5 1.21 1.25 policy/v1",
  "policy/v1beta1 PodSecurityPolicy 1.10 1.21 1.25",
  "rbac.authorization.k8s.io/v1beta1 ClusterRole,ClusterRoleBinding,Role,RoleBinding 1.6 1.17 1.22 rbac.authorization.k8s.io/v1",
  "resource.k8s.io/v1 DeviceClass,ResourceClaim,ResourceClaimTemplate,ResourceSlice 1.34",
  "resource.k8s.io/v1alpha3 DeviceTaintRule 1.33 1.36 1.39",
  "resource.k8s.io/v1alpha3 ResourcePoolStatusRequest 1.36 1.39 1.42",
  "resource.k8s.io/v1beta1 DeviceClass,ResourceClaim,ResourceClaimTemplate,ResourceSlice 1.32 1.35 1.38 resource.k8s.io/v1",
  "resource.k8s.io/v1beta2 DeviceClass,ResourceClaim,ResourceClaimTemplate,ResourceSlice 1.33 1.36 1.39 resource.k8s.io/v1",
  "resource.k8s.io/v1beta2 DeviceTaintRule 1.36 1.39 1.42",
  "scheduling.k8s.io/v1beta1 PriorityClass 1.11 1.14 1.22 scheduling.k8s.io/v1",
  "storage.k8s.io/v1 CSIDriver 1.18",
  "storage.k8s.io/v1 CSINode 1.17",
  "storage.k8s.io/v1 CSIStorageCapacity 1.24",
  "storage.k8s.io/v1 VolumeAttributesClass 1.34",
  "storage.k8s.io/v1alpha1 CSIStorageCapacity 1.19 1.21 1.24 storage.k8s.io/v1",
  "storage.k8s.io/v1alpha1 VolumeAttachment 1.9 1.21 1.24 storage.k8s.io/v1",
  "storage.k8s.io/v1alpha1 VolumeAttributesClass 1.29 1.32 1.35 storage.k8s.io/v1",
  "storage.k8s.io/v1beta1 CSIDriver 1.14 1.19 1.22 storage.k8s.io/v1",
  "storage.k8s.io/v1beta1 CSINode 1.14 1.17 1.22 storage.k8s.io/v1",
  "storage.k8s.io/v1beta1 CSIStorageCapacity 1.21 1.24 1.27 storage.k8s.io/v1",
  "storage.k8s.io/v1beta1 StorageClass 1.4 1.19 1.22 storage.k8s.io/v1",
  "storage.k8s.io/v1beta1 VolumeAttachment 1.10 1.19 1.22 storage.k8s.io/v1",
  "storage.k8s.io/v1beta1 VolumeAttributesClass 1.31 1.34 1.37 storage.k8s.io/v1",
  "storagemigration.k8s.io/v1beta1 StorageVersionMigration 1.35 1.38 1.41",
  "v1 Endpoints 1.0 1.33 - discovery.k8s.io/v1",
];

/**
 * Every API version of a built-in kind that a Kubernetes release from 1.16 on began or ceased to serve, or will. Whatever is not listed has been
 * served all along.
 * @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/
 */
export function apiLifecycles(): ApiLifecycle[] {
  return table.map((line) => {
    const [api = "", kinds = "", since = "", deprecated, removed, successor] = line
      .split(" ")
      .map((field) => (field === "-" ? undefined : field));
    return { api, kinds: kinds.split(","), since, deprecated, removed, successor };
  });
}
