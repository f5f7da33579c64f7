import { defineCluster } from "../lib/definition/cluster.ts";
import { IngressClass } from "../lib/definition/ingress-class.ts";
import { NetworkPeer } from "../lib/definition/network-peer.ts";
import { trust } from "./trust.ts";

/** A GKE cluster, which also runs Argo CD. */
export const mainCluster = defineCluster({
  name: "main",
  destination: { server: "https://kubernetes.default.svc" },
  versions: { kubernetes: "1.36.3", externalSecrets: "1.3.2", istio: "1.31.1" },
  ingress: {
    class: IngressClass.annotated("gce"),
    // Google's load balancers and their health checks: no Pod sends this traffic
    from: [NetworkPeer.ipBlock("130.211.0.0/22"), NetworkPeer.ipBlock("35.191.0.0/16")],
    // the load balancer reaches Pods directly, not by the nodes
    serviceAnnotations: { "cloud.google.com/neg": '{"ingress": true}' },
  },
  scraper: NetworkPeer.pods({ namespace: "monitoring", labels: { "app.kubernetes.io/name": "prometheus" } }),
  dns: [
    NetworkPeer.pods({ namespace: "kube-system", labels: { "k8s-app": "kube-dns" } }),
    // the cache on each node, as a Pod and by the address it listens on
    NetworkPeer.pods({ namespace: "kube-system", labels: { "k8s-app": "node-local-dns" } }),
    NetworkPeer.ipBlock("169.254.20.10/32"),
    // Cloud DNS, which answers on the address of the metadata server
    NetworkPeer.ipBlock("169.254.169.254/32"),
  ],
  // by GKE's data plane V2, and by Calico
  metadataServer: [
    { to: NetworkPeer.ipBlock("169.254.169.254/32"), port: 80 },
    { to: NetworkPeer.ipBlock("169.254.169.252/32"), port: 988 },
  ],
  mesh: {
    mode: "sidecar",
    controlPlane: NetworkPeer.pods({ namespace: "istio-system", labels: { app: "istiod" } }),
    ingressGateway: { namespace: "istio-ingress", labels: { istio: "ingressgateway" } },
  },
  trust,
  signatureEngine: "kyverno",
});
