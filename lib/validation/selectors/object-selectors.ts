import { fieldsOf } from "../../manifest/fields-of.ts";
import { isEmptySelector, type Labels, type LabelSelector } from "../../manifest/label-selector.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { placeIn, placeOf } from "../../manifest/repository-facts.ts";
import { textsOf } from "../../manifest/entries-of.ts";
import { openedPorts } from "../ports/policy-ports.ts";
import type { Finding } from "../rule.ts";
import type { MissingPods } from "./missing-pods.ts";

/** The fields by which objects select Pods. */
interface SelectingSpec {
  readonly selector?: LabelSelector;
  readonly podSelector?: LabelSelector;
  readonly workloadSelector?: LabelSelector & { readonly labels?: Labels };
  readonly namespaceSelector?: { readonly any?: boolean; readonly matchNames?: readonly string[] };
}

/** Objects of Istio that may be for some Pods of their namespace only. @see https://istio.io/latest/docs/reference/config/type/workload-selector/ */
const istioKinds = [
  "extensions.istio.io/WasmPlugin",
  "networking.istio.io/DestinationRule",
  "networking.istio.io/EnvoyFilter",
  "networking.istio.io/Sidecar",
  "security.istio.io/AuthorizationPolicy",
  "security.istio.io/PeerAuthentication",
  "security.istio.io/RequestAuthentication",
  "telemetry.istio.io/Telemetry",
];

/** What stands in the mesh's own namespace is for the Pods of all others. */
const meshNamespace = "istio-system";

/** PodDisruptionBudgets, NetworkPolicies, PodMonitors and objects of Istio that select no Pod. */
export function findObjectSelectors(pods: MissingPods): Finding[] {
  const { facts } = pods;
  return [
    ...facts.ofKind("policy/PodDisruptionBudget").map((budget) => selects(pods, budget, specOf(budget).selector)),
    ...facts.ofKind("networking.k8s.io/NetworkPolicy").map((policy) => policyFinding(pods, policy)),
    ...facts.ofKind("monitoring.coreos.com/PodMonitor").map((monitor) => monitorFinding(pods, monitor)),
    ...istioKinds.flatMap((kind) => facts.ofKind(kind)).map((manifest) => istioFinding(pods, manifest)),
  ].filter((finding) => finding !== undefined);
}

function specOf({ document }: Manifest): SelectingSpec {
  return fieldsOf(document.spec as SelectingSpec | undefined);
}

function selects(
  pods: MissingPods,
  manifest: Manifest,
  selector: LabelSelector | undefined,
  places: readonly string[] = [placeOf(manifest)],
): Finding | undefined {
  return pods.findingOf(manifest, places, selector, () => `${objectName(manifest.document)} selects Pods that no workload makes`);
}

/** One that opens ports is judged with them, by the rule of ports. */
function policyFinding(pods: MissingPods, policy: Manifest): Finding | undefined {
  const { podSelector } = specOf(policy);
  return podSelector === undefined || openedPorts(policy).length > 0 ? undefined : selects(pods, policy, podSelector);
}

function monitorFinding(pods: MissingPods, monitor: Manifest): Finding | undefined {
  const { selector, namespaceSelector } = specOf(monitor);
  if (namespaceSelector?.any === true) return undefined;
  const names = textsOf(namespaceSelector?.matchNames);
  const places = names.length === 0 ? undefined : names.map((name) => placeIn(monitor.owner, name));
  return selects(pods, monitor, selector, places);
}

/** Without a selector it is for every Pod of the namespace. */
function istioFinding(pods: MissingPods, manifest: Manifest): Finding | undefined {
  const { selector, workloadSelector } = specOf(manifest);
  const matchLabels = workloadSelector?.labels ?? workloadSelector?.matchLabels ?? selector?.matchLabels;
  const wanted: LabelSelector = matchLabels === undefined ? {} : { matchLabels };
  if (isEmptySelector(wanted) || manifest.document.metadata.namespace === meshNamespace) return undefined;
  return selects(pods, manifest, wanted);
}
