import type { NetworkPeer } from "../../definition/network-peer.ts";
import { entriesOf, textsOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { isEmptySelector } from "../../manifest/label-selector.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import { placeIn, placeOf, type RepositoryFacts, type WorkloadFact } from "../../manifest/repository-facts.ts";
import { admits, namespaceName, type Party } from "./party.ts";
import type { Direction, NetworkPolicySpec, PolicyPort, PolicyRule } from "./policy-document.ts";

/** One policy, as it stands over the Pods that it selects. */
export interface PolicyFact {
  readonly manifest: Manifest;
  readonly namespace: string;
  /** What it lets through each way; `undefined` where it leaves a way alone. */
  readonly rules: Readonly<Record<Direction, readonly PolicyRule[] | undefined>>;
}

/** Traffic that a workload's Pods need. */
export interface Way {
  readonly workload: WorkloadFact;
  readonly direction: Direction;
  /** At the end that is called. */
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
}

/**
 * What the rendered NetworkPolicies let through: a Pod that no policy isolates in a direction is open, any other gets the union of what its
 * policies let through. Probes of the kubelet always come through, and are not asked for here.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class NetworkPolicies {
  readonly #facts: RepositoryFacts;
  /** Those for all Pods, by place. */
  readonly #general = new Map<string, PolicyFact[]>();
  /** Those for some Pods. */
  readonly #own = new Map<WorkloadFact, PolicyFact[]>();
  /** By place, then peer. */
  readonly #parties = new Map<string, Map<NetworkPeer, Party>>();

  constructor(facts: RepositoryFacts) {
    this.#facts = facts;
    for (const manifest of facts.ofKind("networking.k8s.io/NetworkPolicy")) {
      const spec = fieldsOf(manifest.document.spec as NetworkPolicySpec | undefined);
      const podSelector = fieldsOf(spec.podSelector);
      const policy = { manifest, namespace: manifest.document.metadata.namespace ?? "", rules: rulesOf(spec) };
      const place = placeOf(manifest);
      if (isEmptySelector(podSelector)) addTo(this.#general, place, policy);
      else for (const workload of facts.pods.select(place, podSelector)) addTo(this.#own, workload, policy);
    }
  }

  /** The policies that isolate a workload's Pods in a direction, those for all Pods first; none where they are open. */
  isolating(workload: WorkloadFact, direction: Direction): readonly PolicyFact[] {
    return this.#over(workload).flatMap((policies) => policies.filter(({ rules }) => rules[direction] !== undefined));
  }

  /** Somebody on the network, as the policies over a workload see them. */
  party(peer: NetworkPeer, { manifest, place }: WorkloadFact): Party {
    const parties = mapIn(this.#parties, place);
    let party = parties.get(peer);
    if (party === undefined) {
      const { shape } = peer;
      const namespace = shape.kind === "ipBlock" ? undefined : (shape.namespace ?? manifest.document.metadata.namespace ?? "");
      const rendered = namespace === undefined ? undefined : this.#facts.find(placeIn(manifest.owner, undefined), "Namespace", namespace);
      party = { peer, namespace, namespaceLabels: rendered && { [namespaceName]: namespace ?? "", ...rendered.document.metadata.labels } };
      parties.set(peer, party);
    }
    return party;
  }

  /** The policies that cut a way off from whoever is at its other end; none where it is open. */
  cutting(way: Way, party: Party): readonly PolicyFact[] {
    const { workload, direction } = way;
    for (const policies of this.#over(workload)) {
      for (const { rules, namespace } of policies) {
        for (const rule of rules[direction] ?? []) {
          if (opens(rule, way) && admits(direction === "ingress" ? rule.from : rule.to, party, namespace)) return [];
        }
      }
    }
    return this.isolating(workload, direction);
  }

  /** The policies over a workload; those for all Pods come first: most of what all Pods need is found there. */
  #over(workload: WorkloadFact): readonly (readonly PolicyFact[])[] {
    // on its node's network a Pod has no address of its own that a policy could be kept for
    if ((workload.template.spec as { readonly hostNetwork?: boolean }).hostNetwork === true) return [];
    return [this.#general.get(workload.place) ?? [], this.#own.get(workload) ?? []];
  }
}

function addTo<K>(policies: Map<K, PolicyFact[]>, key: K, policy: PolicyFact): void {
  const others = policies.get(key);
  if (others === undefined) policies.set(key, [policy]);
  else others.push(policy);
}

function mapIn<K, L, V>(map: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const inner = new Map<L, V>();
  map.set(key, inner);
  return inner;
}

/** Without `policyTypes` every policy isolates what comes in, and with rules for it what goes out as well. */
function rulesOf({ policyTypes, ingress, egress }: Partial<NetworkPolicySpec>): PolicyFact["rules"] {
  const rules = { ingress: entriesOf(ingress), egress: entriesOf(egress) };
  const types = policyTypes === undefined ? ["Ingress", ...(rules.egress.length > 0 ? ["Egress"] : [])] : textsOf(policyTypes);
  return {
    ingress: types.includes("Ingress") ? rules.ingress : undefined,
    egress: types.includes("Egress") ? rules.egress : undefined,
  };
}

function opens({ ports }: PolicyRule, way: Way): boolean {
  const list = entriesOf(ports);
  return list.length === 0 || list.some((opened) => (opened.protocol ?? "TCP") === way.protocol && isPort(opened, way));
}

/** A name is one of the Pods that are called: of others than the selected nothing is known. */
function isPort({ port, endPort }: PolicyPort, { port: wanted, direction, workload }: Way): boolean {
  if (port === undefined) return true;
  if (typeof port === "number") return wanted >= port && wanted <= (endPort ?? port);
  return direction === "ingress" && workload.ports.some(({ name, containerPort }) => name === port && containerPort === wanted);
}
