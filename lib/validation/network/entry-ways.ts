import { NetworkPeer } from "../../definition/network-peer.ts";
import type { ClusterDefinition } from "../../definition/cluster.ts";
import { type Backend, gatewayBackends, httpRouteBackends, ingressBackends } from "../../manifest/backends.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import { type NeededWay, podPortsOfBackend } from "./needed-way.ts";

/** Kinds that lead requests from outside to Services: who brings them, and to which. */
const entries: readonly {
  readonly kind: string;
  readonly backends: (manifest: Manifest) => readonly Backend[];
  readonly from: (cluster: ClusterDefinition) => readonly NetworkPeer[];
}[] = [
  { kind: "networking.k8s.io/Ingress", backends: ingressBackends, from: ({ ingress }) => ingress.from },
  { kind: "gateway.networking.k8s.io/HTTPRoute", backends: httpRouteBackends, from: ({ ingress }) => ingress.from },
  { kind: "networking.istio.io/VirtualService", backends: gatewayBackends, from: gatewayOf },
];

/** One peer for each cluster: what is known of a peer is kept by its identity. */
const gateways = new WeakMap<ClusterDefinition, readonly NetworkPeer[]>();

/** What requests from outside need to arrive. */
export function* entryWays(facts: RepositoryFacts): Iterable<NeededWay> {
  for (const { kind, backends, from } of entries) {
    for (const manifest of facts.ofKind(kind)) {
      const cluster = facts.definitions?.clusterOf(manifest.owner);
      if (cluster === undefined) continue;
      const { metadata, kind: name } = manifest.document;
      const purpose = `requests from outside, which ${name} '${metadata.name}' leads to it`;
      const need = {
        purpose,
        hint: "let in on that port whoever brings them: the ingress controller or gateway of the cluster",
        shared: false,
      };
      for (const backend of backends(manifest)) {
        for (const { workload, port } of podPortsOfBackend(facts, manifest, backend)) {
          for (const peer of from(cluster)) yield { workload, direction: "ingress", peer, port, protocol: "TCP", need };
        }
      }
    }
  }
}

function gatewayOf(cluster: ClusterDefinition): readonly NetworkPeer[] {
  const known = gateways.get(cluster) ?? (cluster.mesh === undefined ? [] : [NetworkPeer.pods(cluster.mesh.ingressGateway)]);
  gateways.set(cluster, known);
  return known;
}
