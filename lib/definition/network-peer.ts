import { UserError } from "../errors/user-error.ts";
import { IpBlock } from "./ip-block.ts";
import { Value } from "./value.ts";

/** The three shapes of a peer, as in a NetworkPolicy. */
export type NetworkPeerShape =
  | { readonly kind: "pods"; readonly labels: Readonly<Record<string, string>>; readonly namespace?: string }
  | { readonly kind: "namespace"; readonly namespace: string }
  | { readonly kind: "ipBlock"; readonly cidr: string; readonly except?: readonly string[] };

/**
 * Somebody on the network that Pods may talk to or be reached from.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class NetworkPeer extends Value {
  readonly shape: NetworkPeerShape;

  private constructor(shape: NetworkPeerShape) {
    super();
    this.shape = shape;
  }

  /**
   * Pods by their labels; in the policy's own namespace unless `namespace` names another.
   * @throws UserError when there is no label: an empty selector means every Pod
   */
  static pods(peer: { readonly labels: Readonly<Record<string, string>>; readonly namespace?: string }): NetworkPeer {
    if (Object.keys(peer.labels).length === 0) {
      throw new UserError("a network peer of Pods has no label", {
        hint: "an empty selector means every Pod: say NetworkPeer.namespace(…) if you mean a whole namespace",
      });
    }
    return new NetworkPeer({ kind: "pods", ...peer });
  }

  /** Every Pod of a namespace. */
  static namespace(namespace: string): NetworkPeer {
    return new NetworkPeer({ kind: "namespace", namespace });
  }

  /**
   * Addresses outside the Pod network.
   * @param cidr - `10.20.0.5/32`
   * @throws UserError when it is none, or its mask is missing or out of range
   */
  static ipBlock(cidr: string, except?: readonly string[]): NetworkPeer {
    for (const block of [cidr, ...(except ?? [])]) {
      if (IpBlock.parse(block) === undefined) {
        throw new UserError(`'${block}' is not an IP block`, { hint: "write an address and a mask, for example '10.20.0.5/32'" });
      }
    }
    return new NetworkPeer({ kind: "ipBlock", cidr, ...(except && { except }) });
  }
}
