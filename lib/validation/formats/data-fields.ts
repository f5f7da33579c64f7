import type { FieldCheck, FieldTable } from "./field-table.ts";
import { labels, labelSelector } from "./labels.ts";
import { dnsLabel, dnsSubdomain, isDataKey, pathSegment, text } from "./names.ts";
import { between } from "./numbers.ts";
import { listOf, resourceNames } from "./pod-fields.ts";
import { choice, has, ofFields } from "./shapes.ts";

/** Of all values of a ConfigMap or Secret together, in bytes. */
const mostData = 1024 * 1024;

/** Keys that become files, and values that fit into one object. */
function dataIn(...maps: readonly string[]): FieldCheck {
  return ofFields((fields) => {
    let size = 0;
    for (const map of maps) {
      const data = fields[map] as Readonly<Record<string, unknown>> | null | undefined;
      for (const key in data) {
        const value = data[key];
        if (!isDataKey(key)) return `has the key '${key}' in '${map}': a key is at most 253 letters, digits, '-', '_' and '.'`;
        if (typeof value === "string") size += map === "data" && maps.includes("stringData") ? (value.length / 4) * 3 : value.length;
      }
    }
    return size > mostData ? `must hold at most ${mostData} bytes, got ${Math.round(size)}` : undefined;
  });
}

const inBothMaps = ofFields(({ data, binaryData }) => {
  if ((binaryData ?? undefined) === undefined) return undefined;
  const twice = Object.keys(data ?? {}).find((key) => Object.hasOwn(binaryData ?? {}, key));
  return twice === undefined ? undefined : `has the key '${twice}' in both 'data' and 'binaryData'`;
});

const resourceRules: FieldTable = { "": has("apiGroups", "apiVersions", "operations", "resources") };

/** What an admission policy looks at. */
const matched: FieldTable = {
  "resourceRules[]": resourceRules,
  "excludeResourceRules[]": resourceRules,
  namespaceSelector: labelSelector,
  objectSelector: labelSelector,
};

const identifier = text((value) => /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(value), "must be the name of a variable in CEL");

const roleRules: FieldTable = { "rules[]": { "": has("verbs") } };

const bindings: FieldTable = {
  "metadata.name": pathSegment,
  roleRef: { "": has("name"), apiGroup: choice("rbac.authorization.k8s.io"), kind: choice("ClusterRole", "Role"), name: pathSegment },
  "subjects[].kind": choice("ServiceAccount", "User", "Group"),
};

/** What holds data, limits and rights. */
export const dataFields: Readonly<Record<string, FieldTable>> = {
  ConfigMap: { "": [dataIn("data", "binaryData"), inBothMaps] },
  Secret: { "": dataIn("data", "stringData") },
  Namespace: { "metadata.name": dnsLabel() },
  ServiceAccount: { "imagePullSecrets[].name": dnsSubdomain() },
  ResourceQuota: { "spec.hard": resourceNames },
  LimitRange: {
    "spec.limits[]": {
      type: choice("Container", "Pod", "PersistentVolumeClaim"),
      max: resourceNames,
      min: resourceNames,
      default: resourceNames,
      defaultRequest: resourceNames,
    },
  },
  "rbac.authorization.k8s.io/Role": { "metadata.name": pathSegment, ...roleRules },
  "rbac.authorization.k8s.io/ClusterRole": { "metadata.name": pathSegment, ...roleRules },
  "rbac.authorization.k8s.io/RoleBinding": bindings,
  "rbac.authorization.k8s.io/ClusterRoleBinding": {
    ...bindings,
    // in a RoleBinding the server fills in the binding's own
    "subjects[]": ofFields(({ kind, namespace }) =>
      kind === "ServiceAccount" && (namespace ?? "") === "" ? "needs 'namespace' for a ServiceAccount" : undefined,
    ),
  },
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy": {
    "": has("spec"),
    spec: {
      "": [
        has("matchConstraints"),
        ofFields(({ validations, auditAnnotations }) =>
          listOf(validations).length + listOf(auditAnnotations).length === 0 ? "needs one of 'validations', 'auditAnnotations'" : undefined,
        ),
      ],
      matchConstraints: { "": has("resourceRules"), ...matched },
      "validations[].reason": choice("Forbidden", "Invalid", "RequestEntityTooLarge", "Unauthorized"),
      "variables[].name": identifier,
    },
  },
  "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding": {
    spec: { "": has("policyName", "validationActions"), policyName: dnsSubdomain(), matchResources: matched },
  },
  // named after their signers: 'acme.example:shop:roots'
  "certificates.k8s.io/CertificateSigningRequest": { "metadata.name": pathSegment },
  "certificates.k8s.io/ClusterTrustBundle": { "metadata.name": pathSegment },
  "scheduling.k8s.io/PriorityClass": { value: between(-(2 ** 31), 1_000_000_000) },
  "storage.k8s.io/StorageClass": { "": has("provisioner") },
  "node.k8s.io/RuntimeClass": { handler: dnsLabel(), "scheduling.nodeSelector": labels },
};
