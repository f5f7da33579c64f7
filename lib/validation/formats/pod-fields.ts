import { imageReference, ipAddress } from "./addresses.ts";
import type { FieldTable } from "./field-table.ts";
import { annotations, isQualifiedName, labelKey, labels, labelSelector, labelValue } from "./labels.ts";
import { dataKey, dnsLabel, dnsSubdomain, portName, text, variableName } from "./names.ts";
import { atLeast, between, port, portOrName, userId } from "./numbers.ts";
import { choice, has, notEmpty, ofFields } from "./shapes.ts";

const keyOf: FieldTable = { "": has("name"), name: dnsSubdomain(), key: dataKey };
const itemsOf: FieldTable = { "items[].key": dataKey };
const exec = { "": has("command") };
const httpGet = { port: portOrName };
const resourceName = text(isQualifiedName, "must be the name of a resource");

/** What a probe or a hook of a container asks. */
const handler: FieldTable = { exec, httpGet, "tcpSocket.port": portOrName, "grpc.port": port, "sleep.seconds": atLeast(0) };

const securityIds: FieldTable = { runAsUser: userId, runAsGroup: userId, fsGroup: userId, "supplementalGroups[]": userId };

/** @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container */
const container: FieldTable = {
  "": has("name", "image"),
  name: dnsLabel(),
  image: imageReference,
  "ports[]": { containerPort: port, hostPort: between(0, 65535), name: portName },
  "env[]": {
    name: variableName,
    valueFrom: {
      configMapKeyRef: keyOf,
      secretKeyRef: keyOf,
      fieldRef: {
        apiVersion: choice("v1"),
        fieldPath: text(isFieldPath, "must be a field that a container may read of its Pod, such as 'metadata.name' or 'status.podIP'"),
      },
    },
  },
  "envFrom[]": {
    prefix: variableName,
    configMapRef: { "": has("name"), name: dnsSubdomain() },
    secretRef: { "": has("name"), name: dnsSubdomain() },
  },
  livenessProbe: handler,
  readinessProbe: handler,
  startupProbe: handler,
  lifecycle: { postStart: handler, preStop: handler },
  securityContext: securityIds,
  "volumeMounts[]": { "": has("name", "mountPath") },
  "volumeDevices[]": { "": has("name", "devicePath") },
};

const nodeTerm: FieldTable = {
  "matchExpressions[]": {
    "": ofFields(({ operator, values }) => {
      const count = Array.isArray(values) ? values.length : 0;
      if ((operator === "In" || operator === "NotIn") && count === 0) return `needs values for '${operator}'`;
      if ((operator === "Exists" || operator === "DoesNotExist") && count > 0) return `takes no values for '${operator}'`;
      return (operator === "Gt" || operator === "Lt") && count !== 1 ? `needs one value for '${operator}'` : undefined;
    }),
    key: labelKey,
    "values[]": labelValue,
  },
};

const podTerm: FieldTable = { "": has("topologyKey"), topologyKey: labelKey, labelSelector, namespaceSelector: labelSelector };
const podAffinity: FieldTable = {
  "preferredDuringSchedulingIgnoredDuringExecution[]": { weight: between(1, 100), podAffinityTerm: podTerm },
  "requiredDuringSchedulingIgnoredDuringExecution[]": podTerm,
};

/** The spec of a Pod; how its parts fit together is for the rule `pod-consistent` to say. @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec */
export const podSpec: FieldTable = {
  containers: notEmpty,
  "containers[]": container,
  "initContainers[]": container,
  "volumes[]": {
    name: dnsLabel(),
    configMap: { "": has("name"), ...itemsOf },
    secret: { "": has("secretName"), ...itemsOf },
    persistentVolumeClaim: has("claimName"),
    hostPath: has("path"),
    "projected.sources[]": { configMap: { "": has("name"), ...itemsOf }, secret: { "": has("name"), ...itemsOf } },
  },
  affinity: {
    podAffinity,
    podAntiAffinity: podAffinity,
    nodeAffinity: {
      "preferredDuringSchedulingIgnoredDuringExecution[]": { weight: between(1, 100), preference: nodeTerm },
      "requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms": notEmpty,
      "requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[]": nodeTerm,
    },
  },
  "tolerations[]": {
    "": ofFields(({ key, operator, value, effect, tolerationSeconds }) => {
      if (tolerationSeconds !== undefined && effect !== "NoExecute") return "needs the effect 'NoExecute' for 'tolerationSeconds'";
      if ((key ?? "") === "" && operator !== "Exists") return "needs the operator 'Exists' where it has no key";
      return operator === "Exists" && (value ?? "") !== "" ? "takes no value for 'Exists'" : undefined;
    }),
    key: labelKey,
    value: labelValue,
  },
  "topologySpreadConstraints[]": {
    "": has("topologyKey"),
    maxSkew: atLeast(1),
    minDomains: atLeast(1),
    labelSelector,
  },
  nodeSelector: labels,
  nodeName: dnsSubdomain(),
  serviceAccountName: dnsSubdomain(),
  priorityClassName: dnsSubdomain(),
  runtimeClassName: dnsSubdomain(),
  hostname: dnsLabel(),
  subdomain: dnsLabel(),
  "hostAliases[].ip": ipAddress,
  "dnsConfig.nameservers[]": ipAddress,
  activeDeadlineSeconds: atLeast(1),
  securityContext: securityIds,
};

/** What Pods are made of: labels, annotations and the spec. */
export const podTemplate: FieldTable = { "": has("spec"), metadata: { labels, annotations }, spec: podSpec };

/** The objects in a list, where it is one. */
export function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter((item): item is Record<string, unknown> => typeof item === "object" && item !== null) : [];
}

/** Resources by name, as quotas and ranges list them. */
export const resourceNames = ofFields((fields) => {
  for (const name in fields) {
    const complaint = resourceName(name.replace(/^requests\.|^limits\./, ""));
    if (complaint !== undefined) return complaint;
  }
  return undefined;
});

function isFieldPath(path: string): boolean {
  return /^(metadata\.(name|namespace|uid)|metadata\.(labels|annotations)\['[^']+'\]|spec\.(nodeName|serviceAccountName)|status\.(hostIP|hostIPs|podIP|podIPs))$/.test(
    path,
  );
}
