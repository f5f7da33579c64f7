import { groupKind } from "./manifest.ts";

/** Fields that the API server never changes, by kind, below `spec` unless they start with `/`; a sync that tries fails. */
const immutableByKind: Readonly<Record<string, readonly string[]>> = {
  "apps/Deployment": ["selector"],
  "apps/DaemonSet": ["selector"],
  "apps/StatefulSet": ["selector", "serviceName", "podManagementPolicy", "volumeClaimTemplates"],
  "batch/Job": ["template", "selector", "completions", "completionMode"],
  PersistentVolumeClaim: ["accessModes", "storageClassName", "volumeName", "volumeMode", "selector", "dataSource", "dataSourceRef"],
  "networking.k8s.io/IngressClass": ["controller"],
  "rbac.authorization.k8s.io/RoleBinding": ["/roleRef"],
  "rbac.authorization.k8s.io/ClusterRoleBinding": ["/roleRef"],
  "scheduling.k8s.io/PriorityClass": ["/value", "/preemptionPolicy"],
  "storage.k8s.io/StorageClass": ["/provisioner", "/parameters", "/reclaimPolicy", "/volumeBindingMode"],
};

/** What fields are read of. */
interface ObjectWithFields {
  readonly apiVersion: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** The fields of an object's kind that are never changed, as {@link immutableValue} and {@link immutablePath} take them. */
export function immutableFieldsOf(object: ObjectWithFields): readonly string[] {
  return immutableByKind[groupKind(object)] ?? [];
}

/** Whether a kind has such fields: `apps/Deployment`. */
export function hasImmutableFields(kind: string): boolean {
  return kind in immutableByKind;
}

/** What an object says in such a field. */
export function immutableValue(object: ObjectWithFields, field: string): unknown {
  const holder = field.startsWith("/") ? object : object.spec;
  return (holder as Readonly<Record<string, unknown>> | undefined)?.[field.replace("/", "")];
}

/** How messages name such a field: `spec.selector`, `roleRef`. */
export function immutablePath(field: string): string {
  return field.startsWith("/") ? field.slice(1) : `spec.${field}`;
}
