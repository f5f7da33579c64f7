import { entriesOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { hbonePort } from "../../manifest/hbone-port.ts";
import { isEmptySelector, type LabelSelector } from "../../manifest/label-selector.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import type { ContainerPort } from "../../manifest/pod-spec.ts";
import { placesOfOtherPods } from "../../manifest/pod-makers.ts";
import { placeOf, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import { asWarning } from "../as-warning.ts";
import type { Finding } from "../rule.ts";
import { nearestLabels } from "./nearest-labels.ts";
import { portList, portName } from "./port-list.ts";

/** @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#NetworkPolicySpec */
interface NetworkPolicySpec {
  readonly podSelector?: LabelSelector;
  readonly ingress?: readonly PolicyRule[];
}

interface PolicyRule {
  readonly ports?: readonly PolicyPort[];
}

/** A port, or with `endPort` all from the one to the other. */
interface PolicyPort {
  readonly port?: string | number;
  readonly endPort?: number;
}

/** NetworkPolicies that open a port which no selected Pod serves. */
export function findPolicyPorts(facts: RepositoryFacts): Finding[] {
  const others = placesOfOtherPods(facts);
  return facts.ofKind("networking.k8s.io/NetworkPolicy").flatMap((policy) => findingsOf(facts, policy, others));
}

/** The ports that a policy opens; what a mesh opens for itself is not among them. */
export function openedPorts({ document }: Manifest): readonly PolicyPort[] {
  const { ingress } = fieldsOf(document.spec as NetworkPolicySpec | undefined);
  const opened: PolicyPort[] = [];
  for (const { ports } of entriesOf<PolicyRule>(ingress)) {
    for (const port of entriesOf<PolicyPort>(ports)) if (port.port !== undefined && port.port !== hbonePort) opened.push(port);
  }
  return opened;
}

function findingsOf(facts: RepositoryFacts, policy: Manifest, others: ReadonlySet<string>): Finding[] {
  const { podSelector = {} } = fieldsOf(policy.document.spec as NetworkPolicySpec | undefined);
  const opened = openedPorts(policy);
  const place = placeOf(policy);
  if (opened.length === 0 || isEmptySelector(podSelector) || !facts.declares(place)) return [];
  const name = objectName(policy.document);
  const workloads = facts.pods.select(place, podSelector);
  if (workloads.length === 0) {
    if (others.has(place)) return [];
    return [
      {
        message: `${name} selects Pods that no workload makes`,
        hint: nearestLabels("Pod", podSelector, facts.pods.labelsIn(place)),
        manifest: policy,
      },
    ];
  }
  const served = workloads.flatMap(({ ports }) => ports);
  const closed = new Set(opened.filter((port) => !served.some((known) => opens(port, known))).map(({ port }) => port));
  return [...closed].map((port) => {
    const finding = {
      message: `${name} opens port ${portName(port)}, which no Pod that it selects serves`,
      hint: portList(
        "the selected have",
        served.map((known) => ({ ...known, number: known.containerPort })),
      ),
      manifest: policy,
    };
    // a container may well serve a number that it does not declare; a name is nothing without its declaration
    return typeof port === "number" ? asWarning(finding) : finding;
  });
}

function opens({ port, endPort }: PolicyPort, { name, containerPort }: ContainerPort): boolean {
  if (typeof port !== "number") return name === port;
  return containerPort >= port && containerPort <= (endPort ?? port);
}
