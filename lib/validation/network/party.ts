import type { NetworkPeer } from "../../definition/network-peer.ts";
import { entriesOf, textsOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { IpBlock } from "../../definition/ip-block.ts";
import { isEmptySelector, type Labels, type LabelSelector, matchesLabels } from "../../manifest/label-selector.ts";
import type { PolicyPeer } from "./policy-document.ts";

/** Kubernetes puts it on every Namespace. */
export const namespaceName = "kubernetes.io/metadata.name";

/** Who is at the other end of a way, as a policy in some namespace sees it. */
export interface Party {
  readonly peer: NetworkPeer;
  /** The namespace of its Pods; `undefined` for addresses. */
  readonly namespace: string | undefined;
  /** The labels of that namespace where it is rendered, its name among them; `undefined` where nobody here knows more than its name. */
  readonly namespaceLabels: Labels | undefined;
}

/**
 * Whether a peer of a policy takes all of a party.
 *
 * @param peers - of one rule; none means everybody
 * @param namespace - the policy's own
 */
export function admits(peers: readonly PolicyPeer[] | undefined, party: Party, namespace: string): boolean {
  const list = entriesOf(peers);
  return list.length === 0 || list.some((peer) => takes(peer, party, namespace));
}

function takes({ podSelector, namespaceSelector, ipBlock }: PolicyPeer, party: Party, namespace: string): boolean {
  const { shape } = party.peer;
  if (shape.kind === "ipBlock") {
    const { cidr, except } = fieldsOf(ipBlock);
    return cidr !== undefined && contains(cidr, shape.cidr) && textsOf(except).every((hole) => isLeftOut(hole, shape.cidr, shape.except));
  }
  if (podSelector === undefined && namespaceSelector === undefined) return false;
  const inNamespace = namespaceSelector === undefined ? party.namespace === namespace : takesNamespace(fieldsOf(namespaceSelector), party);
  const selector = fieldsOf(podSelector);
  return inNamespace && (shape.kind === "pods" ? matchesLabels(selector, shape.labels) : isEmptySelector(selector));
}

/** Whether a hole in a policy's block takes nothing of a party's. */
function isLeftOut(hole: string, cidr: string, except: readonly string[] = []): boolean {
  return (!contains(hole, cidr) && !contains(cidr, hole)) || except.some((other) => contains(other, hole));
}

function contains(outer: string, inner: string): boolean {
  const [wide, narrow] = [IpBlock.parse(outer), IpBlock.parse(inner)];
  return wide !== undefined && narrow !== undefined && wide.contains(narrow);
}

/** Of a namespace that is not rendered only the name is known: what else a selector asks for may well be so. */
function takesNamespace(selector: LabelSelector, { namespace = "", namespaceLabels }: Party): boolean {
  if (namespaceLabels !== undefined) return matchesLabels(selector, namespaceLabels);
  const { matchLabels = {}, matchExpressions } = selector;
  if ((matchLabels[namespaceName] ?? namespace) !== namespace) return false;
  const ofName = entriesOf(matchExpressions).filter(({ key }) => key === namespaceName);
  return matchesLabels({ matchExpressions: ofName }, { [namespaceName]: namespace });
}

/** How messages name a party. */
export function partyName({ peer: { shape }, namespace = "" }: Party): string {
  if (shape.kind === "ipBlock") return shape.cidr;
  if (shape.kind === "namespace") return `namespace '${namespace}'`;
  const labels = Object.entries(shape.labels).map(([key, value]) => `${key}=${value}`);
  return `Pods '${labels.join(",")}' in '${namespace}'`;
}
