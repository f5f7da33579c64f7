import { k8s } from "cdk8s-plus-28";
import { Construct } from "constructs";
import { NetworkPeer } from "../definition/network-peer.ts";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import { policyPeer } from "./network-policy.ts";

/** Where sidecars take configuration and certificates from istiod. */
const istiodPort = 15012;
/** The address that ambient gives to the kubelet's probes, so that policies can tell them from other traffic. */
const ambientProbes = "169.254.7.127/32";

/** What an author says of a {@link MeshAccess}. */
export interface MeshAccessProps {
  /** @default "mesh-access" */
  readonly name?: string;
}

/**
 * Lets every Pod of the namespace take part in the mesh that its system declares.
 *
 * @throws UserError when the cluster has no mesh
 * @see https://istio.io/latest/docs/ambient/usage/networkpolicy/
 */
export class MeshAccess extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<MeshAccessProps>) {
    super(scope, id);
    const { context } = props;
    const mesh = context.cluster.mesh;
    if (mesh === undefined) throw new UserError("the system joins a mesh, and the cluster has none");
    const port = (number: number): k8s.NetworkPolicyPort => ({ port: k8s.IntOrString.fromNumber(number) });
    new k8s.KubeNetworkPolicy(this, "policy", {
      metadata: objectMetadata(context, props.name ?? "mesh-access"),
      spec:
        context.mesh === "sidecar"
          ? { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [policyPeer(mesh.controlPlane)], ports: [port(istiodPort)] }] }
          : { podSelector: {}, ingress: [{ from: [policyPeer(NetworkPeer.ipBlock(ambientProbes))] }] },
    });
  }
}
