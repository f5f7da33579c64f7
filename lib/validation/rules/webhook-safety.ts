import { entriesOf, textsOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { isEmptySelector, type Labels, type LabelSelector, matchesLabels } from "../../manifest/label-selector.ts";
import { objectName, type KubernetesObject, type Manifest } from "../../manifest/manifest.ts";
import { clusterOf, placeIn, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import type { Finding, Rule } from "../rule.ts";

const group = "admissionregistration.k8s.io";

/** Where DNS, the network and the like run: without them nothing comes back. */
const systemNamespace = "kube-system";

/** What the API server takes since `admissionregistration.k8s.io/v1`. */
const sideEffects: readonly unknown[] = ["None", "NoneOnDryRun"];

interface WebhookConfiguration extends KubernetesObject {
  readonly webhooks?: readonly Webhook[];
}

/** @see https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/ */
interface Webhook {
  readonly name?: string;
  readonly failurePolicy?: string;
  readonly sideEffects?: string;
  readonly clientConfig?: { readonly service?: { readonly namespace?: string } };
  readonly namespaceSelector?: LabelSelector;
  readonly objectSelector?: LabelSelector;
  readonly matchConditions?: readonly object[];
  readonly rules?: readonly {
    readonly apiGroups?: readonly string[];
    readonly resources?: readonly string[];
    readonly operations?: readonly string[];
    readonly scope?: string;
  }[];
}

/** A webhook that must be asked about its own Pods keeps itself from coming back; one that must be asked about kube-system, the cluster. */
export const webhookSafety: Rule = {
  id: "webhook-safety",
  severity: "error",
  subject: "security",
  title: "No webhook whose answer is required is asked about its own Pods or those of kube-system, and none has side effects.",
  reason:
    "A webhook that must be asked about its own Pods keeps itself from coming back; one that must be asked about kube-system, the cluster.",
  fix: "Leave these namespaces out by namespaceSelector, or say failurePolicy: Ignore; and say sideEffects: None.",
  needs: "manifests",
  check(facts) {
    const labelsOf = namespaceLabels(facts);
    return [...facts.ofKind(`${group}/ValidatingWebhookConfiguration`), ...facts.ofKind(`${group}/MutatingWebhookConfiguration`)].flatMap(
      (manifest) =>
        entriesOf((manifest.document as WebhookConfiguration).webhooks).flatMap((hook) => findingsOf(facts, labelsOf, manifest, hook)),
    );
  },
};

type LabelsOf = (configuration: Manifest, namespace: string) => Labels;

function findingsOf(facts: RepositoryFacts, labelsOf: LabelsOf, manifest: Manifest, hook: Webhook): Finding[] {
  const name = `webhook '${hook.name ?? ""}' of ${objectName(manifest.document)}`;
  const findings: Finding[] = [];
  if (!sideEffects.includes(hook.sideEffects)) {
    const message = `${name} has side effects that the API server refuses: got '${hook.sideEffects ?? ""}'`;
    findings.push({ message, hint: "write sideEffects: None, or NoneOnDryRun", manifest });
  }
  if (!isRequiredForPods(hook)) return findings;
  const own = hook.clientConfig?.service?.namespace;
  for (const namespace of new Set(own === undefined ? [systemNamespace] : [own, systemNamespace])) {
    if (!matchesLabels(hook.namespaceSelector ?? {}, labelsOf(manifest, namespace))) continue;
    if (!mayTakePods(facts, placeIn(manifest.owner, namespace), hook.objectSelector ?? {})) continue;
    findings.push({
      message: `${name} must be asked about the Pods of ${namespace === own ? "its own namespace" : "namespace"} '${namespace}': while it is down, none starts there`,
      hint: "leave the namespace out by namespaceSelector ('kubernetes.io/metadata.name' NotIn), or say failurePolicy: Ignore",
      manifest,
    });
  }
  return findings;
}

/** Not judged are conditions in CEL, which may leave anything out. */
function isRequiredForPods({ failurePolicy, matchConditions, rules }: Webhook): boolean {
  if (failurePolicy === "Ignore" || entriesOf(matchConditions).length > 0) return false;
  return entriesOf(rules).some(
    ({ apiGroups, resources, operations, scope }) =>
      scope !== "Cluster" &&
      textsOf(apiGroups).some((name) => name === "" || name === "*") &&
      textsOf(resources).some((name) => name === "pods" || name === "*" || name === "*/*") &&
      textsOf(operations).some((name) => name === "CREATE" || name === "*"),
  );
}

/** Whether Pods of a place can be meant: of those that are rendered there it is known. */
function mayTakePods(facts: RepositoryFacts, place: string, selector: LabelSelector): boolean {
  return isEmptySelector(selector) || facts.pods.select(place, selector).length > 0;
}

/** The labels of a namespace: those that are rendered, and the one that the API server sets. */
function namespaceLabels(facts: RepositoryFacts): LabelsOf {
  const byPlace = new Map(
    facts
      .ofKind("Namespace")
      .map(({ owner, document: { metadata } }) => [`${clusterOf(owner)} ${metadata.name}`, fieldsOf(metadata.labels)]),
  );
  return ({ owner }, namespace) => ({
    ...(byPlace.get(`${clusterOf(owner)} ${namespace}`) as Labels | undefined),
    "kubernetes.io/metadata.name": namespace,
  });
}
