import { entriesOf, textsOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { isEmptySelector, type LabelSelector } from "../../manifest/label-selector.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { placeIn, placeOf, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import type { Finding, Rule } from "../rule.ts";

const directions = ["Ingress", "Egress"] as const;

type Direction = (typeof directions)[number];

/** The parts of a NetworkPolicy's `spec` that this rule reads. @see https://kubernetes.io/docs/concepts/services-networking/network-policies/ */
interface NetworkPolicySpec {
  readonly podSelector?: LabelSelector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly RuleDocument[];
  readonly egress?: readonly RuleDocument[];
}

interface RuleDocument {
  readonly from?: readonly PeerDocument[];
  readonly to?: readonly PeerDocument[];
  readonly ports?: readonly object[];
}

interface PeerDocument {
  readonly ipBlock?: { readonly cidr?: string; readonly except?: readonly string[] };
}

/** A Pod that no policy selects is reached by every Pod of the cluster, and calls whom it likes. */
export const defaultDeny: Rule = {
  id: "default-deny",
  severity: "error",
  subject: "security",
  title: "Every Namespace with Pods denies what nobody allows, in both directions.",
  reason: "A Pod that no policy selects is reached by every Pod of the cluster, and calls whom it likes.",
  fix: "Render a NetworkPolicy for all Pods of the Namespace, of both policyTypes and without rules.",
  needs: "manifests",
  check(facts) {
    const policies = namespaceWidePolicies(facts);
    return facts.ofKind("Namespace").flatMap((namespace) => {
      const place = placeIn(namespace.owner, namespace.document.metadata.name);
      return facts.workloadsIn(place).length === 0 ? [] : findingsOf(namespace, policies.get(place) ?? []);
    });
  },
};

function findingsOf(namespace: Manifest, policies: readonly Manifest[]): Finding[] {
  const findings: Finding[] = [];
  const open: Direction[] = [];
  for (const direction of directions) {
    const isolating = policies.filter((policy) => isolates(policy, direction));
    const opening = isolating.filter((policy) => opens(policy, direction));
    if (opening.length === isolating.length) open.push(direction);
    for (const policy of opening) {
      findings.push({
        message: `${objectName(policy.document)} opens all ${direction.toLowerCase()} of every Pod in its Namespace`,
        hint: "name who is meant, or the Pods that need it",
        manifest: policy,
      });
    }
  }
  if (open.length > 0) {
    findings.push({
      message: `${objectName(namespace.document)} does not deny ${open.join(" and ").toLowerCase()} by default`,
      hint: "render a NetworkPolicy for all Pods there, of both policyTypes and without rules",
      manifest: namespace,
    });
  }
  return findings;
}

/** The policies for all Pods of a namespace, by place. */
function namespaceWidePolicies(facts: RepositoryFacts): ReadonlyMap<string, readonly Manifest[]> {
  const byPlace = new Map<string, Manifest[]>();
  for (const manifest of facts.ofKind("networking.k8s.io/NetworkPolicy")) {
    if (!isEmptySelector(specOf(manifest).podSelector ?? {})) continue;
    const place = placeOf(manifest);
    const known = byPlace.get(place);
    if (known === undefined) byPlace.set(place, [manifest]);
    else known.push(manifest);
  }
  return byPlace;
}

/** Without `policyTypes` a policy is for ingress, and for egress where it has such rules. */
function isolates(policy: Manifest, direction: Direction): boolean {
  const { policyTypes, egress } = specOf(policy);
  if (policyTypes !== undefined && policyTypes.length > 0) return textsOf(policyTypes).includes(direction);
  return direction === "Ingress" || entriesOf(egress).length > 0;
}

function opens(policy: Manifest, direction: Direction): boolean {
  const { ingress, egress } = specOf(policy);
  return entriesOf(direction === "Ingress" ? ingress : egress).some(({ from, to, ports }) => {
    const peers = entriesOf(direction === "Ingress" ? from : to);
    return entriesOf(ports).length === 0 && (peers.length === 0 || peers.some(isEverybody));
  });
}

function isEverybody({ ipBlock }: PeerDocument): boolean {
  return (ipBlock?.cidr === "0.0.0.0/0" || ipBlock?.cidr === "::/0") && textsOf(ipBlock.except).length === 0;
}

function specOf({ document }: Manifest): NetworkPolicySpec {
  return fieldsOf(document.spec as NetworkPolicySpec | undefined);
}
