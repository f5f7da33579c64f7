import { absolutePath, cidr, ipAddress } from "./addresses.ts";
import type { FieldTable } from "./field-table.ts";
import { labelKey, labels, labelSelector } from "./labels.ts";
import { dnsLabel, dnsSubdomain, hostName, isSubdomain, text } from "./names.ts";
import { atLeast, between, port, portOrName } from "./numbers.ts";
import { listOf } from "./pod-fields.ts";
import { exactlyOneOf, has, notEmpty, ofFields } from "./shapes.ts";

const backend: FieldTable = {
  "": exactlyOneOf("resource", "service"),
  service: {
    "": has("name", "port"),
    name: dnsLabel(),
    port: { "": exactlyOneOf("name", "number"), name: portOrName, number: port },
  },
};

const peer: FieldTable = {
  "": ofFields(({ ipBlock, namespaceSelector, podSelector }) => {
    const selects = namespaceSelector !== undefined || podSelector !== undefined;
    if (ipBlock === undefined && !selects) return "needs one of 'ipBlock', 'namespaceSelector', 'podSelector'";
    return ipBlock !== undefined && selects ? "may not have 'ipBlock' beside a selector" : undefined;
  }),
  ipBlock: { cidr, "except[]": cidr },
  namespaceSelector: labelSelector,
  podSelector: labelSelector,
};

const policyPort: FieldTable = {
  "": ofFields(({ port: first, endPort }) => {
    if (endPort === undefined) return undefined;
    if (typeof first !== "number") return "needs a number for 'port' where it has 'endPort'";
    return typeof endPort === "number" && endPort < first ? "needs an 'endPort' that is not less than its 'port'" : undefined;
  }),
  port: portOrName,
  endPort: port,
};

/** Services and what leads to them. @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ */
export const networkFields: Readonly<Record<string, FieldTable>> = {
  Service: {
    "": has("spec"),
    "metadata.name": dnsLabel(),
    spec: {
      "": [
        ofFields(({ type, externalName }) =>
          type === "ExternalName" && (externalName ?? "") === "" ? "needs 'externalName' for its type" : undefined,
        ),
        ofFields(({ type, clusterIP, ports }) =>
          type === "ExternalName" || clusterIP === "None" || (Array.isArray(ports) && ports.length > 0) ? undefined : "needs 'ports'",
        ),
      ],
      ports: [uniquelyNamed(), uniquelyNumbered()],
      "ports[]": { name: dnsLabel(), port, targetPort: portOrName, nodePort: between(0, 65535), appProtocol: labelKey },
      selector: labels,
      clusterIP: (value) => (value === "None" ? undefined : ipAddress(value)),
      "externalIPs[]": ipAddress,
      "loadBalancerSourceRanges[]": cidr,
      externalName: text(
        (value) => isSubdomain(value.replace(/\.$/, "")),
        "must be a host name in lower-case letters, which may end with '.'",
      ),
      "sessionAffinityConfig.clientIP.timeoutSeconds": between(1, 86400),
      healthCheckNodePort: atLeast(0),
    },
  },
  "networking.k8s.io/Ingress": {
    "": has("spec"),
    spec: {
      "": ofFields(({ defaultBackend, rules }) =>
        defaultBackend === undefined && !(Array.isArray(rules) && rules.length > 0) ? "needs one of 'defaultBackend', 'rules'" : undefined,
      ),
      ingressClassName: dnsSubdomain(),
      defaultBackend: backend,
      "tls[]": { "hosts[]": hostName, secretName: dnsSubdomain() },
      "rules[]": {
        host: hostName,
        "http.paths": notEmpty,
        "http.paths[]": {
          "": ofFields(({ path, pathType }) =>
            pathType !== "ImplementationSpecific" && (path ?? "") === "" ? "needs 'path' for its 'pathType'" : undefined,
          ),
          path: absolutePath,
          backend,
        },
      },
    },
  },
  "networking.k8s.io/NetworkPolicy": {
    spec: {
      podSelector: labelSelector,
      "ingress[]": { "from[]": peer, "ports[]": policyPort },
      "egress[]": { "to[]": peer, "ports[]": policyPort },
    },
  },
};

/** By its number and protocol a port of a Service is told from the others. */
function uniquelyNumbered() {
  return (value: unknown): string | undefined => {
    if (!Array.isArray(value) || value.length < 2) return undefined;
    const ports = listOf(value).map(({ port: number, protocol = "TCP" }) => `${String(number)}/${String(protocol)}`);
    const twice = ports.find((each, index) => ports.indexOf(each) !== index);
    return twice === undefined ? undefined : `has port ${twice} twice`;
  };
}

/** Names are what others call a port by: with several ports each needs one of its own. */
function uniquelyNamed() {
  return (value: unknown): string | undefined => {
    if (!Array.isArray(value) || value.length < 2) return undefined;
    const names = (value as readonly ({ readonly name?: unknown } | null)[]).map((item) => item?.name);
    if (names.some((name) => (name ?? "") === "")) return "must each have a 'name', for there are several";
    return new Set(names).size < names.length ? "must each have a 'name' of its own" : undefined;
  };
}
