import { label } from "../../../lib/manifest/labels.ts";
import { type MutationOperator, ofContainers, ofKinds, ofPods } from "./operator.ts";
import { below, change, escaped, get, isNumber, isText, remove, set } from "./pointer.ts";

const wrong = (name: string): string => `${name}-z`;

/** Kinds that others name; whatever is renamed or gone is missed. */
const named = [
  "ConfigMap",
  "ServiceAccount",
  "Service",
  "ExternalSecret",
  "ClusterSecretStore",
  "Deployment",
  "StatefulSet",
  "DestinationRule",
  "Gateway",
];

/** What points nowhere. */
export const referenceOperators: readonly MutationOperator[] = [
  ofKinds("rename-an-object", named, (draft) => change(draft, "/metadata/name", isText, wrong)),
  ofKinds("delete-an-object", [...named, "Namespace", "AppProject"], () => "deleted"),
  ofKinds("select-another-label", ["Deployment", "StatefulSet", "PodDisruptionBudget", "ServiceMonitor"], (draft) => {
    const entry = below(draft, "/spec/selector/matchLabels")[0];
    return entry !== undefined && change(draft, entry, isText, wrong);
  }),
  ofKinds("select-other-pods", ["Service"], (draft) => {
    const entry = below(draft, "/spec/selector")[0];
    return entry !== undefined && change(draft, entry, isText, wrong);
  }),
  ofKinds("hold-no-pods-of-a-policy", ["NetworkPolicy"], (draft) => {
    const entry = below(draft, "/spec/podSelector/matchLabels")[0];
    return entry !== undefined && change(draft, entry, isText, wrong);
  }),
  ofKinds("name-a-port-that-is-not-there", ["Service"], (draft) => change(draft, "/spec/ports/0/targetPort", isText, wrong)),
  ofKinds("lead-to-a-port-that-is-not-there", ["Ingress"], (draft) => {
    const port = "/spec/rules/0/http/paths/0/backend/service/port";
    return change(draft, `${port}/name`, isText, wrong) || change(draft, `${port}/number`, isNumber, (number) => number + 1);
  }),
  ofKinds("scrape-a-port-that-is-not-there", ["ServiceMonitor"], (draft) => change(draft, "/spec/endpoints/0/port", isText, wrong)),
  ofKinds("lead-to-a-service-that-is-not-there", ["Ingress"], (draft) =>
    change(draft, "/spec/rules/0/http/paths/0/backend/service/name", isText, wrong),
  ),
  ofKinds("scale-what-is-not-there", ["HorizontalPodAutoscaler"], (draft) => change(draft, "/spec/scaleTargetRef/name", isText, wrong)),
  ofKinds("take-a-secret-from-a-store-that-is-not-there", ["ExternalSecret"], (draft) =>
    change(draft, "/spec/secretStoreRef/name", isText, wrong),
  ),
  ofKinds("make-another-secret", ["ExternalSecret"], (draft) => change(draft, "/spec/target/name", isText, wrong)),
  ofKinds("make-another-key", ["ExternalSecret"], (draft) => change(draft, "/spec/data/0/secretKey", isText, wrong)),
  ofKinds("route-to-a-subset-that-is-not-there", ["VirtualService"], (draft) =>
    change(draft, "/spec/http/0/route/0/destination/subset", isText, wrong),
  ),
  ofKinds("route-to-a-host-that-is-not-there", ["VirtualService"], (draft) =>
    change(draft, "/spec/http/0/route/0/destination/host", isText, (host) => host.replace(/^[^.]+/, wrong)),
  ),
  ofKinds("route-by-a-gateway-that-is-not-there", ["VirtualService"], (draft) => {
    const gateways = get(draft, "/spec/gateways");
    const index = Array.isArray(gateways) ? gateways.findIndex((gateway) => gateway !== "mesh") : -1;
    return index >= 0 && change(draft, `/spec/gateways/${index}`, isText, wrong);
  }),
  ofKinds("lose-weight", ["VirtualService"], (draft) =>
    below(draft, "/spec/http").some((route) => change(draft, `${route}/route/0/weight`, isNumber, (weight) => weight - 1)),
  ),
  ofKinds("take-a-subset-of-no-pods", ["DestinationRule"], (draft) => {
    const entry = below(draft, "/spec/subsets/0/labels")[0];
    return entry !== undefined && change(draft, entry, isText, wrong);
  }),
  ofKinds("let-nobody-in", ["NetworkPolicy"], (draft) => {
    const peer = "/spec/ingress/0/from/0/podSelector/matchLabels";
    const entry = below(draft, peer).find((pointer) => pointer.endsWith(escaped(label.name)));
    const elsewhere = get(draft, "/spec/ingress/0/from/0/namespaceSelector") !== undefined;
    return !elsewhere && entry !== undefined && change(draft, entry, isText, wrong);
  }),
  ofPods("run-as-an-account-that-is-not-there", (draft, pod) => change(draft, `${pod}/serviceAccountName`, isText, wrong)),
  ofContainers("read-a-secret-that-is-not-there", (draft, container) =>
    below(draft, `${container}/env`).some((entry) => change(draft, `${entry}/valueFrom/secretKeyRef/name`, isText, wrong)),
  ),
  ofContainers("read-a-key-that-is-not-there", (draft, container) =>
    below(draft, `${container}/env`).some((entry) => change(draft, `${entry}/valueFrom/secretKeyRef/key`, isText, wrong)),
  ),
  ofContainers("read-a-config-map-that-is-not-there", (draft, container) =>
    below(draft, `${container}/envFrom`).some((entry) => change(draft, `${entry}/configMapRef/name`, isText, wrong)),
  ),
  ofContainers("mount-a-volume-that-is-not-there", (draft, container) => change(draft, `${container}/volumeMounts/0/name`, isText, wrong)),
  ofContainers("probe-a-port-that-is-not-there", (draft, container) =>
    change(draft, `${container}/readinessProbe/httpGet/port`, isText, wrong),
  ),
  ofKinds("give-a-stateful-set-no-service", ["StatefulSet"], (draft) => change(draft, "/spec/serviceName", isText, wrong)),
  ofKinds("lead-two-to-one-host", ["Ingress"], (draft, { owner }) => {
    if (!("unit" in owner) || owner.unit === "frontend") return false;
    return change(draft, "/spec/rules/0/host", isText, (host) => host.replace(/^[^.]+/, "frontend"));
  }),
  ofKinds("forget-where-the-object-lives", ["ConfigMap", "Service", "Deployment", "NetworkPolicy"], (draft) =>
    remove(draft, "/metadata/namespace"),
  ),
  ofKinds("put-it-into-another-namespace", ["ConfigMap", "Service", "Deployment", "NetworkPolicy"], (draft) => {
    set(draft, "/metadata/namespace", "kube-system");
    return true;
  }),
];
