import { defineCluster } from "../lib/definition/cluster.ts";
import { NetworkPeer } from "../lib/definition/network-peer.ts";

/** A GKE cluster, which also runs Argo CD. */
export const mainCluster = defineCluster({
  name: "main",
  destination: { server: "https://kubernetes.default.svc" },
  versions: { externalSecrets: "1.3.2" },
  ingress: {
    className: "gce",
    // Google's load balancers and their health checks: no Pod sends this traffic
    from: [NetworkPeer.ipBlock("130.211.0.0/22"), NetworkPeer.ipBlock("35.191.0.0/16")],
  },
  scraper: NetworkPeer.pods({ namespace: "monitoring", labels: { "app.kubernetes.io/name": "prometheus" } }),
  dns: NetworkPeer.pods({ namespace: "kube-system", labels: { "k8s-app": "kube-dns" } }),
  mesh: {
    mode: "sidecar",
    controlPlane: NetworkPeer.pods({ namespace: "istio-system", labels: { app: "istiod" } }),
    ingressGateway: { namespace: "istio-ingress", labels: { istio: "ingressgateway" } },
  },
});
