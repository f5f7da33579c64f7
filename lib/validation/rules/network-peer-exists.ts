import { entriesOf, textsOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { IpBlock } from "../../definition/ip-block.ts";
import { matchesLabels, type LabelSelector, type LabelSelectorRequirement } from "../../manifest/label-selector.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { placeIn, placeOf } from "../../manifest/repository-facts.ts";
import type { Finding, Rule } from "../rule.ts";
import { MissingPods } from "../selectors/missing-pods.ts";

/** @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#NetworkPolicySpec */
interface NetworkPolicySpec {
  readonly ingress?: readonly { readonly from?: readonly Peer[] }[];
  readonly egress?: readonly { readonly to?: readonly Peer[] }[];
}

interface Peer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr?: string; readonly except?: readonly string[] };
}

/** Who may be a peer. */
interface KnownPeers {
  readonly pods: MissingPods;
  /** The names of all rendered Namespaces, whatever their cluster: most peers are in none of them, and need no further look. */
  readonly namespaces: ReadonlySet<string>;
}

/** The label that Kubernetes gives every Namespace: its name. */
const nameLabel = "kubernetes.io/metadata.name";

/** A peer that nobody is lets nothing through: whoever it was meant for times out, and nothing says why. */
export const networkPeerExists: Rule = {
  id: "network-peer-exists",
  severity: "error",
  subject: "references",
  title: "Every peer of a NetworkPolicy is somebody, as far as its namespace is declared.",
  reason: "A peer that nobody is lets nothing through: whoever it was meant for times out, and nothing says why.",
  fix: "Mend the labels of the peer, or take it away with the workload that it was for.",
  needs: "manifests",
  check(facts) {
    const known: KnownPeers = {
      pods: new MissingPods(facts),
      namespaces: new Set(facts.ofKind("Namespace").map(({ document }) => document.metadata.name)),
    };
    return facts.ofKind("networking.k8s.io/NetworkPolicy").flatMap((policy) => findingsOf(known, policy));
  },
};

function findingsOf(known: KnownPeers, policy: Manifest): Finding[] {
  const { ingress, egress } = fieldsOf(policy.document.spec as NetworkPolicySpec | undefined);
  // by message and hint, since a policy often names one peer for several ports
  const findings = new Map<string, Finding>();
  const add = (peers: readonly Peer[] | undefined, verb: string): void => {
    for (const peer of entriesOf(peers)) {
      const finding = peerFinding(known, policy, peer, verb);
      if (finding !== undefined) findings.set(`${finding.message} ${finding.hint ?? ""}`, finding);
    }
  };
  for (const { from } of entriesOf(ingress)) add(from, "lets in");
  for (const { to } of entriesOf(egress)) add(to, "lets out to");
  return [...findings.values()];
}

function peerFinding({ pods, namespaces }: KnownPeers, policy: Manifest, peer: Peer, verb: string): Finding | undefined {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  if (ipBlock !== undefined) return blockFinding(policy, ipBlock);
  const podsFinding = (places: readonly string[]): Finding | undefined =>
    podSelector === undefined
      ? undefined
      : pods.findingOf(policy, places, podSelector, () => `${objectName(policy.document)} ${verb} Pods that no workload makes`);
  if (namespaceSelector === undefined) return podsFinding([placeOf(policy)]);
  const names = namedBy(namespaceSelector);
  // others may be anywhere, with any label
  if (names.length === 0 || !names.every((name) => namespaces.has(name))) return undefined;
  const cluster = placeIn(policy.owner, undefined);
  const declared = names.map((name) => pods.facts.find(cluster, "Namespace", name)).filter((namespace) => namespace !== undefined);
  if (declared.length < names.length) return undefined;
  const meant = declared.filter(({ document: { metadata } }) =>
    matchesLabels(namespaceSelector, { ...metadata.labels, [nameLabel]: metadata.name }),
  );
  if (meant.length === 0) return namespaceFinding(policy, declared, verb);
  return podsFinding(meant.map(({ document }) => placeIn(policy.owner, document.metadata.name)));
}

/** The namespaces that a selector names one by one; none where it goes by other labels alone. */
function namedBy({ matchLabels, matchExpressions }: LabelSelector): readonly string[] {
  const named = fieldsOf(matchLabels)[nameLabel];
  if (named !== undefined) return [named];
  const listing = entriesOf<LabelSelectorRequirement>(matchExpressions).find(({ key, operator }) => key === nameLabel && operator === "In");
  return textsOf(listing?.values);
}

function namespaceFinding(policy: Manifest, declared: readonly Manifest[], verb: string): Finding {
  const names = declared.map(({ document }) => `'${document.metadata.name}'`).join(", ");
  return {
    message: `${objectName(policy.document)} ${verb} Pods of namespace ${names}, which has not all labels that the peer asks for`,
    hint: `select it by ${nameLabel} alone, or put the labels on the Namespace`,
    manifest: policy,
  };
}

function blockFinding(policy: Manifest, { cidr, except }: NonNullable<Peer["ipBlock"]>): Finding | undefined {
  if (except === undefined) return undefined;
  const block = IpBlock.parse(cidr);
  const outside = textsOf(except).filter((text) => {
    const inner = IpBlock.parse(text);
    return block !== undefined && inner !== undefined && (inner.shared === block.shared || !block.contains(inner));
  });
  if (outside.length === 0) return undefined;
  const named = outside.map((text) => `'${text}'`).join(", ");
  return {
    message: `${objectName(policy.document)} excepts ${named} from '${cidr ?? ""}', which is no smaller part of it`,
    hint: "an exception is a part of the block: take it out, or mend one of the two",
    manifest: policy,
  };
}
