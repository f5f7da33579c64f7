import { IngressClass } from "../../lib/definition/ingress-class.ts";
import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import type { UnitContext } from "../../lib/definition/workload-class.ts";

/** What the unit `catalogue` of the system `bookshop` is told about its place; for tests of constructs. */
export function bookshopContext(overrides: Partial<UnitContext> = {}): UnitContext {
  return {
    system: "bookshop",
    unit: "catalogue",
    namespace: "bookshop-dev",
    labels: { "app.kubernetes.io/name": "catalogue", "app.kubernetes.io/part-of": "bookshop" },
    annotations: {},
    images: {
      take: (container, track) => `registry.example/bookshop/${[container ?? "catalogue", track].filter(Boolean).join("-")}:sha-1234567`,
    },
    sealed: { take: (secret, key) => `sealed-${secret}-${key}` },
    host: "catalogue.dev.bookshop.example",
    secretStore: { name: "bookshop-vault", kind: "ClusterSecretStore" },
    cluster: {
      name: "eu",
      versions: { externalSecrets: "1.3.2" },
      ingress: { class: IngressClass.named("nginx"), from: [NetworkPeer.namespace("ingress-nginx")] },
      scraper: NetworkPeer.pods({ labels: { "app.kubernetes.io/name": "prometheus" }, namespace: "monitoring" }),
      dns: [NetworkPeer.pods({ labels: { "k8s-app": "kube-dns" }, namespace: "kube-system" })],
    },
    calls: { from: [], to: [] },
    ...overrides,
  };
}
