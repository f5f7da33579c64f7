import { describe, expect, test } from "@jest/globals";
import type { ClusterProps } from "../../../lib/definition/cluster.ts";
import { NetworkPeer } from "../../../lib/definition/network-peer.ts";
import { defineService } from "../../../lib/definition/service.ts";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { policyCutsTraffic } from "../../../lib/validation/rules/policy-cuts-traffic.ts";
import { WebService } from "../../../lib/workload/web-service.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { bookshopNamespace, catalogue, checkout, deployment, manifest, reported, unitOf } from "../../support/manifests.ts";

const own = { "app.kubernetes.io/name": "catalogue" };
const inNamespace = (namespace: string, labels?: object): object => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
  ...(labels && { podSelector: { matchLabels: labels } }),
});
const dnsServers = inNamespace("kube-system", { "k8s-app": "kube-dns" });
const prometheus = inNamespace("monitoring", { "app.kubernetes.io/name": "prometheus" });
const nginx = inNamespace("ingress-nginx");

const denyAll = policy("default-deny", { policyTypes: ["Ingress", "Egress"] }, unitOf("namespace"));
const denyIngress = policy("default-deny", {}, unitOf("namespace"));
const service = manifest({
  kind: "Service",
  metadata: { labels: own },
  spec: { selector: own, ports: [{ name: "web", port: 80, targetPort: "http" }] },
});
const monitor = manifest({
  apiVersion: "monitoring.coreos.com/v1",
  kind: "ServiceMonitor",
  spec: { selector: { matchLabels: own }, endpoints: [{ port: "web" }] },
});
const ingress = manifest({
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  spec: { rules: [{ http: { paths: [{ backend: { service: { name: "catalogue", port: { name: "web" } } } }] } }] },
});

function policy(name: string, spec: object, owner = catalogue): Manifest {
  return manifest(
    { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name }, spec: { podSelector: {}, ...spec } },
    owner,
  );
}

function letsIn(from: object, port: number | string = 8080): Manifest {
  return policy("catalogue", { podSelector: { matchLabels: own }, ingress: [{ from: [from], ports: [{ port }] }] });
}

function says(manifests: readonly Manifest[], cluster: Partial<ClusterProps> = {}): string[] {
  return reported(policyCutsTraffic, [deployment(), ...manifests], bookshopWorld({ cluster }));
}

describe("policy-cuts-traffic", () => {
  test("says nothing where no policy isolates, and without definitions", () => {
    expect(says([service, monitor, ingress])).toEqual([]);
    expect(reported(policyCutsTraffic, [deployment(), denyAll, service, monitor])).toEqual([]);
  });

  describe("of DNS", () => {
    const hint = "hint: let UDP and TCP port 53 out to the cluster's DNS servers, in a policy for all Pods of the namespace";
    const servers = "Pods 'k8s-app=kube-dns' in 'kube-system'";
    const asks = (ports: readonly object[]): Manifest =>
      policy("dns-access", { policyTypes: ["Egress"], egress: [{ to: [dnsServers], ports }] });

    test("lets Pods pass that may ask it by UDP and TCP", () => {
      expect(says([denyAll, asks([{ port: 53, protocol: "UDP" }, { port: 53 }])])).toEqual([]);
    });

    test("reports the policy of the namespace, once for all its Pods", () => {
      expect(says([denyAll])).toEqual([
        `NetworkPolicy bookshop-dev/default-deny cuts Deployment 'catalogue' off from DNS: it lets nothing out to ${servers} (UDP 53, TCP 53)\n${hint}`,
      ]);
      expect(says([denyAll, deployment({}, { name: "checkout" })])).toEqual([
        `NetworkPolicy bookshop-dev/default-deny cuts Deployment 'catalogue' and 1 more off from DNS: it lets nothing out to ${servers} (UDP 53, TCP 53)\n${hint}`,
      ]);
    });

    test("reports one protocol that is cut off, and the other policies that might let it through", () => {
      expect(says([asks([{ port: 53, protocol: "UDP" }]), denyAll])).toEqual([
        `NetworkPolicy bookshop-dev/default-deny cuts Deployment 'catalogue' off from DNS: it lets nothing out to ${servers} (TCP 53), nor does 'dns-access'\n${hint}`,
      ]);
    });

    test("reports every server of the cluster that is cut off", () => {
      const cache = NetworkPeer.ipBlock("169.254.20.10/32");
      const dns = [NetworkPeer.pods({ namespace: "kube-system", labels: { "k8s-app": "kube-dns" } }), cache] as const;
      expect(says([denyAll], { dns })).toEqual([
        `NetworkPolicy bookshop-dev/default-deny cuts Deployment 'catalogue' off from DNS: it lets nothing out to ${servers} (UDP 53, TCP 53), 169.254.20.10/32 (UDP 53, TCP 53)\n${hint}`,
      ]);
    });
  });

  describe("of Prometheus", () => {
    const cut = (kind: string): string =>
      `cuts Deployment 'catalogue' off from Prometheus, which ${kind} 'catalogue' tells to scrape it: it lets nothing in from Pods 'app.kubernetes.io/name=prometheus' in 'monitoring'`;
    const hint = "hint: let the cluster's scraper in on that port";

    test("lets it in on the port of the Pods, not of the Service", () => {
      expect(says([denyIngress, service, monitor, letsIn(prometheus)])).toEqual([]);
      expect(says([denyIngress, service, monitor, letsIn(prometheus, "http")])).toEqual([]);
      expect(says([denyIngress, service, monitor, letsIn(prometheus, 80)])).toEqual([
        `NetworkPolicy bookshop-dev/catalogue ${cut("ServiceMonitor")} (TCP 8080), nor does 'default-deny'\n${hint}`,
      ]);
    });

    test("reads ports of Pods, other namespaces and PodMonitors", () => {
      const watching = (kind: string, spec: object): Manifest =>
        manifest({ apiVersion: "monitoring.coreos.com/v1", kind, spec: { selector: { matchLabels: own }, ...spec } });
      const found = (kind: string, port: number): string[] => [
        `NetworkPolicy bookshop-dev/default-deny ${cut(kind)} (TCP ${port})\n${hint}`,
      ];
      expect(says([denyIngress, service, watching("ServiceMonitor", { endpoints: [{ targetPort: 9090 }] })])).toEqual(
        found("ServiceMonitor", 9090),
      );
      const elsewhere = { namespaceSelector: { matchNames: ["bookshop-staging"] }, endpoints: [{ port: "web" }] };
      expect(says([denyIngress, service, watching("ServiceMonitor", elsewhere)])).toEqual([]);
      expect(says([denyIngress, watching("PodMonitor", { podMetricsEndpoints: [{ port: "http" }] })])).toEqual(found("PodMonitor", 8080));
      expect(says([denyIngress, watching("PodMonitor", { podMetricsEndpoints: [{ portNumber: 9091 }] })])).toEqual(
        found("PodMonitor", 9091),
      );
      expect(says([denyIngress, watching("PodMonitor", { podMetricsEndpoints: [{}] })])).toEqual([]);
    });
  });

  describe("of requests from outside", () => {
    const hint = "hint: let in on that port whoever brings them: the ingress controller or gateway of the cluster";
    const cut = (object: string, from: string): string =>
      `NetworkPolicy bookshop-dev/default-deny cuts Deployment 'catalogue' off from requests from outside, which ${object} leads to it: it lets nothing in from ${from} (TCP 8080)\n${hint}`;
    const controller = "Pods 'app.kubernetes.io/name=ingress-nginx' in 'ingress-nginx'";

    test("reports an Ingress whose controller is not let in", () => {
      expect(says([denyIngress, service, ingress, letsIn(nginx)])).toEqual([]);
      expect(says([denyIngress, service, ingress])).toEqual([cut("Ingress 'catalogue'", controller)]);
      const byDefault = manifest({
        apiVersion: "networking.k8s.io/v1",
        kind: "Ingress",
        spec: { defaultBackend: { service: { name: "catalogue", port: { number: 80 } } } },
      });
      expect(says([denyIngress, service, byDefault])).toEqual([cut("Ingress 'catalogue'", controller)]);
    });

    test("reports an HTTPRoute, and nothing of backends that are no Service here", () => {
      const route = (backend: object): Manifest =>
        manifest({ apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute", spec: { rules: [{ backendRefs: [backend] }] } });
      expect(says([denyIngress, service, route({ name: "catalogue", port: 80 })])).toEqual([cut("HTTPRoute 'catalogue'", controller)]);
      expect(says([denyIngress, service, route({ name: "catalogue", port: 81 })])).toEqual([]);
      expect(says([denyIngress, service, route({ name: "catalogue", kind: "ServiceImport" })])).toEqual([]);
      expect(says([denyIngress, service, route({ name: "checkout" })])).toEqual([]);
    });

    test("reports every address range that requests come from", () => {
      const from = [NetworkPeer.ipBlock("130.211.0.0/22"), NetworkPeer.ipBlock("35.191.0.0/16")];
      const cluster = { ingress: { ...bookshopWorld().environments[0]!.definition.clusters[0].ingress, from } };
      expect(says([denyIngress, service, ingress], cluster)).toEqual([
        cut("Ingress 'catalogue'", "130.211.0.0/22 (TCP 8080), 35.191.0.0/16"),
      ]);
    });

    test("names a whole namespace that requests come from", () => {
      const from = [NetworkPeer.namespace("edge")];
      const cluster = { ingress: { ...bookshopWorld().environments[0]!.definition.clusters[0].ingress, from } };
      expect(says([denyIngress, service, ingress], cluster)).toEqual([cut("Ingress 'catalogue'", "namespace 'edge'")]);
    });

    test("asks for the port that an Ingress names, and for no other of the Service", () => {
      const ports = [
        { name: "web", port: 80, targetPort: "http" },
        { name: "admin", port: 90, targetPort: 9090 },
      ];
      const two = manifest({ kind: "Service", spec: { selector: own, ports } });
      const byNumber = manifest({
        apiVersion: "networking.k8s.io/v1",
        kind: "Ingress",
        spec: { rules: [{ http: { paths: [{ backend: { service: { name: "catalogue", port: { number: 80 } } } }] } }] },
      });
      for (const entry of [ingress, byNumber]) expect(says([denyIngress, two, entry])).toEqual([cut("Ingress 'catalogue'", controller)]);
    });

    test("reports a VirtualService whose gateway is not let in", () => {
      const mesh = {
        mode: "sidecar",
        controlPlane: NetworkPeer.pods({ namespace: "istio-system", labels: { app: "istiod" } }),
        ingressGateway: { namespace: "istio-ingress", labels: { istio: "ingressgateway" } },
      } as const;
      const routing = (gateways: readonly string[] | undefined, host = "catalogue", port?: object): Manifest =>
        manifest({
          apiVersion: "networking.istio.io/v1",
          kind: "VirtualService",
          spec: { gateways, http: [{ route: [{ destination: { host, port } }] }] },
        });
      const found = [cut("VirtualService 'catalogue'", "Pods 'istio=ingressgateway' in 'istio-ingress'")];
      expect(says([denyIngress, service, routing(["public"])], { mesh })).toEqual(found);
      expect(
        says([denyIngress, service, routing(["public", "mesh"], "catalogue.bookshop-dev.svc.cluster.local", { number: 80 })], { mesh }),
      ).toEqual(found);
      expect(says([denyIngress, service, routing(["mesh"])], { mesh })).toEqual([]);
      expect(says([denyIngress, service, routing(undefined)], { mesh })).toEqual([]);
      expect(says([denyIngress, service, routing(["public"], "books.example")], { mesh })).toEqual([]);
      expect(says([denyIngress, service, routing(["public"])])).toEqual([]);
      const matched = (match: readonly object[]): Manifest =>
        manifest({
          apiVersion: "networking.istio.io/v1",
          kind: "VirtualService",
          spec: { gateways: ["public", "mesh"], http: [{ match, route: [{ destination: { host: "catalogue" } }] }] },
        });
      expect(says([denyIngress, service, matched([{ gateways: ["mesh"] }])], { mesh })).toEqual([]);
      expect(says([denyIngress, service, matched([{ gateways: ["mesh"] }, { uri: { prefix: "/" } }])], { mesh })).toEqual(found);
    });
  });

  describe("of declared calls", () => {
    const [callee, caller] = ["catalogue", "checkout"].map((name) => defineService({ name, construct: WebService, props: {} }));
    const world = bookshopWorld({ system: { services: [callee!, caller!], calls: [{ from: caller!, to: callee! }] } });
    const hint = "hint: let it through in the policies of both, or take the call out of the system's definition";
    const buyer = { ...deployment({}, { name: "checkout" }), owner: checkout };
    const peers = (name: string): object => ({ podSelector: { matchLabels: { "app.kubernetes.io/name": name } } });
    const letsOut = (to: object, port: number): Manifest =>
      policy(
        "checkout",
        {
          podSelector: { matchLabels: { "app.kubernetes.io/name": "checkout" } },
          policyTypes: ["Egress"],
          egress: [{ to: [to], ports: [{ port }] }],
        },
        checkout,
      );
    const calls = (...policies: readonly Manifest[]): string[] =>
      reported(policyCutsTraffic, [deployment(), buyer, service, ...policies], world).filter((message) => !message.includes("DNS"));

    test("lets pass what both sides let through", () => {
      expect(calls(letsIn(peers("checkout")), letsOut(peers("catalogue"), 8080))).toEqual([]);
    });

    test("reports a callee that lets its caller not in", () => {
      expect(calls(letsIn(peers("till")))).toEqual([
        `NetworkPolicy bookshop-dev/catalogue cuts Deployment 'catalogue' off from the calls of 'checkout', which its system declares: it lets nothing in from Pods 'app.kubernetes.io/name=checkout' in 'bookshop-dev' (TCP 8080)\n${hint}`,
      ]);
    });

    test("reports a caller that is not let out, by the port of the Pods", () => {
      expect(calls(letsIn(peers("checkout")), letsOut(peers("catalogue"), 80))).toEqual([
        `NetworkPolicy bookshop-dev/checkout cuts Deployment 'checkout' off from 'catalogue', which it calls: it lets nothing out to Pods 'app.kubernetes.io/name=catalogue' in 'bookshop-dev' (TCP 8080)\n${hint}`,
      ]);
    });

    test("says nothing of calls that nobody declares", () => {
      expect(says([service, buyer, letsIn(peers("till"))])).toEqual([]);
    });
  });

  describe("of the mesh", () => {
    const cluster = (mode: "sidecar" | "ambient"): Partial<ClusterProps> => ({
      mesh: {
        mode,
        controlPlane: NetworkPeer.pods({ namespace: "istio-system", labels: { app: "istiod" } }),
        ingressGateway: { namespace: "istio-ingress", labels: { istio: "ingressgateway" } },
      },
    });
    const inMesh = (labels: object, manifests: readonly Manifest[], mode: "sidecar" | "ambient"): string[] => {
      const { document } = bookshopNamespace;
      const namespace: Manifest = {
        ...bookshopNamespace,
        document: { ...document, metadata: { ...document.metadata, labels: { ...labels } } },
      };
      return policyCutsTraffic
        .check(new RepositoryFacts([namespace, ...manifests], bookshopWorld({ cluster: cluster(mode) })))
        .map(({ message, hint }) => `${message}\nhint: ${hint ?? ""}`);
    };
    const dnsAccess = policy("dns-access", { policyTypes: ["Egress"], egress: [{ to: [dnsServers] }] });

    test("reports sidecars that do not reach istiod", () => {
      const injected = { "istio-injection": "enabled" };
      const istiod = policy("mesh-access", {
        policyTypes: ["Egress"],
        egress: [{ to: [inNamespace("istio-system")], ports: [{ port: 15012 }] }],
      });
      expect(inMesh(injected, [deployment(), dnsAccess, istiod], "sidecar")).toEqual([]);
      expect(inMesh({}, [deployment(), dnsAccess], "sidecar")).toEqual([]);
      expect(inMesh(injected, [deployment(), dnsAccess], "sidecar")).toEqual([
        "NetworkPolicy bookshop-dev/dns-access cuts Deployment 'catalogue' off from istiod: it lets nothing out to Pods 'app=istiod' in 'istio-system' (TCP 15012)\nhint: let the mesh's control plane be reached on port 15012, in a policy for all Pods of the namespace",
      ]);
    });

    test("says what all sidecars of a namespace miss once", () => {
      const found = inMesh({ "istio-injection": "enabled" }, [deployment(), deployment({}, { name: "checkout" }), dnsAccess], "sidecar");
      expect(found).toHaveLength(1);
      expect(found[0]).toContain("cuts Deployment 'catalogue' and 1 more off from istiod");
    });

    describe("in ambient mode", () => {
      const ambient = { "istio.io/dataplane-mode": "ambient" };
      const probed = deployment({
        containers: [{ readinessProbe: { httpGet: { port: "http" } }, livenessProbe: { exec: { command: ["true"] } } }],
      });
      const probes = policy("mesh-access", { ingress: [{ from: [{ ipBlock: { cidr: "169.254.7.127/32" } }] }] });
      const calls = (ports: readonly number[], peer: object = { podSelector: { matchLabels: { app: "till" } } }): Manifest =>
        policy("catalogue", { ingress: [{ from: [peer], ports: ports.map((port) => ({ port })) }] });
      const closed = (way: string): string =>
        `NetworkPolicy bookshop-dev/catalogue lets Pods of the ambient mesh ${way} on their ports, and not on 15008, by which the mesh brings their calls\nhint: open port 15008 beside the others`;

      test("reports probes that are not let in", () => {
        expect(inMesh(ambient, [probed, denyIngress, probes], "ambient")).toEqual([]);
        expect(inMesh(ambient, [probed, denyIngress], "ambient")).toEqual([
          "NetworkPolicy bookshop-dev/default-deny cuts Deployment 'catalogue' off from its own probes: it lets nothing in from 169.254.7.127/32 (TCP 8080)\nhint: let 169.254.7.127/32 in, from where ambient sends them",
        ]);
        const twin = { ...probed, document: { ...probed.document, metadata: { ...probed.document.metadata, name: "twin" } } };
        expect(inMesh(ambient, [probed, twin, denyIngress], "ambient")).toHaveLength(1);
        expect(inMesh({}, [probed, denyIngress], "ambient")).toEqual([]);
        expect(inMesh(ambient, [deployment(), denyIngress], "ambient")).toEqual([]);
      });

      test("reports ports that are open without the mesh's own", () => {
        expect(inMesh(ambient, [deployment(), calls([8080])], "ambient")).toEqual([closed("in")]);
        expect(inMesh(ambient, [deployment(), calls([8080, 15008])], "ambient")).toEqual([]);
        expect(inMesh(ambient, [deployment(), calls([])], "ambient")).toEqual([]);
        expect(inMesh({}, [deployment(), calls([8080])], "ambient")).toEqual([]);
      });

      test("takes the mesh's port of another rule or policy, for the same peer or for all", () => {
        const hbone = (rule: object): Manifest => policy("hbone", { ingress: [{ ports: [{ port: 15000, endPort: 16000 }], ...rule }] });
        expect(inMesh(ambient, [deployment(), calls([8080]), hbone({})], "ambient")).toEqual([]);
        expect(
          inMesh(ambient, [deployment(), calls([8080]), hbone({ from: [{ podSelector: { matchLabels: { app: "till" } } }] })], "ambient"),
        ).toEqual([]);
        expect(
          inMesh(ambient, [deployment(), calls([8080]), hbone({ from: [{ podSelector: { matchLabels: { app: "desk" } } }] })], "ambient"),
        ).toEqual([closed("in")]);
      });

      test("asks it of peers in the mesh only", () => {
        expect(inMesh(ambient, [deployment(), calls([8080], nginx)], "ambient")).toEqual([]);
        expect(inMesh(ambient, [deployment(), calls([8080], { ipBlock: { cidr: "10.0.0.0/8" } })], "ambient")).toEqual([]);
        expect(inMesh(ambient, [deployment(), calls([8080], inNamespace("bookshop-dev"))], "ambient")).toEqual([closed("in")]);
      });

      test("asks it of calls that go out as well", () => {
        const rule = { to: [{ podSelector: { matchLabels: { app: "till" } } }], ports: [{ port: 8080 }] };
        const outwards = policy("catalogue", { policyTypes: ["Egress"], egress: [rule] }, checkout);
        expect(inMesh(ambient, [deployment(), dnsAccess, outwards], "ambient")).toEqual([closed("out")]);
      });
    });
  });
});
