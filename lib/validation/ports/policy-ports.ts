import { hbonePort } from "../../manifest/hbone-port.ts";
import { isEmptySelector, type LabelSelector } from "../../manifest/label-selector.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { portsOf, type ContainerPort } from "../../manifest/pod-spec.ts";
import { placeOf, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import type { Finding } from "../rule.ts";
import { nearestLabels } from "./nearest-labels.ts";
import { portList, portName } from "./port-list.ts";

/** @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#NetworkPolicySpec */
interface NetworkPolicySpec {
  readonly podSelector?: LabelSelector;
  readonly ingress?: readonly { readonly ports?: readonly PolicyPort[] }[];
}

/** A port, or with `endPort` all from the one to the other. */
interface PolicyPort {
  readonly port?: string | number;
  readonly endPort?: number;
}

/** NetworkPolicies that open a port which no selected Pod serves. */
export function findPolicyPorts(facts: RepositoryFacts): Finding[] {
  return facts.ofKind("networking.k8s.io/NetworkPolicy").flatMap((policy) => findingsOf(facts, policy));
}

function findingsOf(facts: RepositoryFacts, policy: Manifest): Finding[] {
  const { podSelector = {}, ingress = [] } = (policy.document.spec ?? {}) as NetworkPolicySpec;
  const opened = ingress.flatMap(({ ports }) => ports ?? []).filter(({ port }) => port !== undefined && port !== hbonePort);
  const place = placeOf(policy);
  if (opened.length === 0 || isEmptySelector(podSelector) || !facts.declares(place)) return [];
  const name = objectName(policy.document);
  const workloads = facts.pods.select(place, podSelector);
  if (workloads.length === 0) {
    return [
      {
        message: `${name} selects Pods that no workload makes`,
        hint: nearestLabels("Pod", podSelector, facts.pods.labelsIn(place)),
        manifest: policy,
      },
    ];
  }
  const served = workloads.flatMap(({ template }) => portsOf(template.spec));
  const closed = new Set(opened.filter((port) => !served.some((known) => opens(port, known))).map(({ port }) => port));
  return [...closed].map((port) => ({
    message: `${name} opens port ${portName(port)}, which no Pod that it selects serves`,
    hint: portList(
      "the selected have",
      served.map((known) => ({ ...known, number: known.containerPort })),
    ),
    manifest: policy,
  }));
}

function opens({ port, endPort }: PolicyPort, { name, containerPort }: ContainerPort): boolean {
  if (typeof port !== "number") return name === port;
  return containerPort >= port && containerPort <= (endPort ?? port);
}
