import type { ClusterDefinition } from "../../definition/cluster.ts";
import { NetworkPeer } from "../../definition/network-peer.ts";
import { entriesOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { isInMesh } from "../../manifest/mesh-membership.ts";
import type { ContainerDocument } from "../../manifest/pod-spec.ts";
import type { RepositoryFacts, WorkloadFact } from "../../manifest/repository-facts.ts";
import { type Need, type NeededWay, podPorts } from "./needed-way.ts";

const dnsPort = 53;
/** Where sidecars take configuration and certificates from istiod. */
const istiodPort = 15012;
/** Where probes come from under ambient, which answers for the kubelet. @see https://istio.io/latest/docs/ambient/usage/networkpolicy/ */
const ambientProbes = NetworkPeer.ipBlock("169.254.7.127/32");

const dns: Need = {
  purpose: "DNS",
  hint: "let UDP and TCP port 53 out to the cluster's DNS servers, in a policy for all Pods of the namespace",
  shared: true,
};
const istiod: Need = {
  purpose: "istiod",
  hint: "let the mesh's control plane be reached on port 15012, in a policy for all Pods of the namespace",
  shared: true,
};
const probes: Need = { purpose: "its own probes", hint: "let 169.254.7.127/32 in, from where ambient sends them", shared: true };

/** What every Pod of a cluster needs that may not go wherever it likes: DNS, and its part in the mesh. */
export function* clusterWays(facts: RepositoryFacts, workload: WorkloadFact, cluster: ClusterDefinition): Iterable<NeededWay> {
  for (const peer of cluster.dns) {
    for (const protocol of ["UDP", "TCP"] as const) yield { workload, direction: "egress", peer, port: dnsPort, protocol, need: dns };
  }
  const { mesh } = cluster;
  if (mesh?.mode === "sidecar" && isInMesh(facts, workload, "sidecar")) {
    yield { workload, direction: "egress", peer: mesh.controlPlane, port: istiodPort, protocol: "TCP", need: istiod };
  }
  if (mesh?.mode === "ambient" && isInMesh(facts, workload, "ambient")) {
    for (const port of probedPorts(workload))
      yield { workload, direction: "ingress", peer: ambientProbes, port, protocol: "TCP", need: probes };
  }
}

function probedPorts(workload: WorkloadFact): ReadonlySet<number> {
  const ports = entriesOf(fieldsOf(workload.template.spec).containers)
    .flatMap(({ livenessProbe, readinessProbe, startupProbe }: ContainerDocument) => [livenessProbe, readinessProbe, startupProbe])
    .map((probe) => probe?.httpGet?.port ?? probe?.tcpSocket?.port)
    .filter((port) => port !== undefined);
  return new Set(ports.flatMap((port) => podPorts(workload, port)).map(({ port }) => port));
}
