import { describe, expect, test } from "@jest/globals";
import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import type { CallPeer } from "../../lib/definition/workload-class.ts";
import { type NetworkProps, WorkloadNetworkAccess, type WorkloadNetworkAccessProps } from "../../lib/workload/network-access.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";
import { expectEveryPropToCount } from "./rendered-unit.ts";

const peerOf = (unit: string, ports: Record<string, number>): CallPeer => ({ unit, podLabels: { "app.kubernetes.io/name": unit }, ports });
const pods = (unit: string) => ({ podSelector: { matchLabels: { "app.kubernetes.io/name": unit } } });
const namespace = (name: string) => ({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } });

const context = bookshopContext({
  calls: {
    from: [peerOf("storefront", { http: 8080 }), peerOf("checkout", { http: 8080 })],
    to: [peerOf("stock", { http: 8081, web: 8081, admin: 9091 }), peerOf("reviews", { http: 8082 })],
  },
});

interface Policy {
  readonly podSelector: object;
  readonly ingress?: readonly object[];
  readonly egress?: readonly object[];
}

function render(props: Partial<WorkloadNetworkAccessProps>): Policy {
  const place = { context: bookshopContext(), name: "catalogue", own: {} };
  return renderOne((scope) => new WorkloadNetworkAccess(scope, "access", { ...place, ...props })).spec as Policy;
}

describe("WorkloadNetworkAccess", () => {
  test("lets nobody in or out unless somebody says so", () => {
    expect(render({ ports: { http: 8080 } })).toEqual({ ...pods("catalogue"), policyTypes: ["Ingress", "Egress"] });
  });

  test("declared calls open the unit's ports to its callers, and the callees' ports to the unit; each number once", () => {
    const { ingress, egress } = render({ context, ports: { http: 8080, web: 8080, admin: 9090 } });
    expect(ingress).toEqual([{ from: [pods("storefront"), pods("checkout")], ports: [{ port: 8080 }, { port: 9090 }] }]);
    expect(egress).toEqual([
      { to: [pods("stock")], ports: [{ port: 8081 }, { port: 9091 }] },
      { to: [pods("reviews")], ports: [{ port: 8082 }] },
    ]);
  });

  test("in an ambient mesh the declared calls arrive by HBONE as well, and nobody else's traffic does", () => {
    const { ingress, egress } = render({
      context: { ...context, mesh: "ambient" },
      ports: { http: 8080 },
      metricsPort: 8080,
      callees: [{ name: "till", ports: [8083] }],
    });
    expect(ingress).toEqual([
      { from: [pods("storefront"), pods("checkout")], ports: [{ port: 8080 }, { port: 15008 }] },
      { from: [expect.anything()], ports: [{ port: 8080 }] },
    ]);
    expect(egress).toEqual([
      { to: [pods("stock")], ports: [{ port: 8081 }, { port: 9091 }, { port: 15008 }] },
      { to: [pods("reviews")], ports: [{ port: 8082 }, { port: 15008 }] },
      { to: [pods("till")], ports: [{ port: 8083 }, { port: 15008 }] },
    ]);
  });

  test("opens the metadata server to a ServiceAccount that stands for a cloud identity, and to no other", () => {
    const cluster = { ...context.cluster, metadataServer: [{ to: NetworkPeer.ipBlock("169.254.169.254/32"), port: 80 }] };
    const own = { serviceAccount: { annotations: { "iam.gke.io/gcp-service-account": "catalogue@bookshop.iam.gserviceaccount.com" } } };
    const place = bookshopContext({ cluster });
    expect(render({ context: place, own }).egress).toEqual([{ to: [{ ipBlock: { cidr: "169.254.169.254/32" } }], ports: [{ port: 80 }] }]);
    expect(render({ context: place, own: { serviceAccount: { automountToken: true } } })).not.toHaveProperty("egress");
    expect(render({ own })).not.toHaveProperty("egress");
  });

  test("every prop reaches the manifest", () => {
    const own: Required<NetworkProps> = {
      egress: {
        payments: { to: NetworkPeer.ipBlock("10.20.0.0/16", ["10.20.1.0/24"]), ports: [443, 8443] },
        mail: { to: [NetworkPeer.namespace("mail"), NetworkPeer.pods({ labels: { app: "relay" }, namespace: "relays" })], ports: [25] },
      },
      ingressFrom: {
        reports: { from: NetworkPeer.namespace("reports"), ports: ["admin"] },
        audit: { from: [NetworkPeer.pods({ labels: { app: "audit" } }), NetworkPeer.ipBlock("10.9.0.0/24")] },
      },
    };
    const every: Required<WorkloadNetworkAccessProps> = {
      context,
      name: "catalogue",
      own,
      ports: { http: 8080, admin: 9090 },
      exposed: { from: [NetworkPeer.namespace("ingress-nginx"), NetworkPeer.ipBlock("130.211.0.0/22")], port: 8080 },
      metricsPort: 9090,
      callers: ["catalogue-smoke-test"],
      callees: [{ name: "index", ports: [7000] }],
    };
    const prometheus = { ...namespace("monitoring"), podSelector: { matchLabels: { "app.kubernetes.io/name": "prometheus" } } };
    expect(render(every)).toMatchObject({
      ...pods("catalogue"),
      ingress: [
        { from: [namespace("ingress-nginx"), { ipBlock: { cidr: "130.211.0.0/22" } }], ports: [{ port: 8080 }] },
        { from: [pods("storefront"), pods("checkout"), pods("catalogue-smoke-test")], ports: [{ port: 8080 }, { port: 9090 }] },
        { from: [prometheus], ports: [{ port: 9090 }] },
        {
          from: [{ podSelector: { matchLabels: { app: "audit" } } }, { ipBlock: { cidr: "10.9.0.0/24" } }],
          ports: [{ port: 8080 }, { port: 9090 }],
        },
        { from: [namespace("reports")], ports: [{ port: 9090 }] },
      ],
      egress: [
        { to: [pods("stock")] },
        { to: [pods("reviews")] },
        { to: [pods("index")], ports: [{ port: 7000 }] },
        { to: [namespace("mail"), { ...namespace("relays"), podSelector: { matchLabels: { app: "relay" } } }], ports: [{ port: 25 }] },
        { to: [{ ipBlock: { cidr: "10.20.0.0/16", except: ["10.20.1.0/24"] } }], ports: [{ port: 443 }, { port: 8443 }] },
      ],
    });
    expectEveryPropToCount<WorkloadNetworkAccessProps>(
      (props) => renderOne((scope) => new WorkloadNetworkAccess(scope, "access", props)),
      every,
    );
    expectEveryPropToCount<NetworkProps>((props) => render({ own: props, ports: { http: 8080, admin: 9090 } }), own);
  });

  test("the author's entries stand by name, whatever their order", () => {
    const mail = { to: NetworkPeer.namespace("mail"), ports: [25] };
    const payments = { to: NetworkPeer.namespace("payments"), ports: [443] };
    expect(render({ own: { egress: { payments, mail } } })).toEqual(render({ own: { egress: { mail, payments } } }));
  });

  test("fails for a caller on a port that is not served", () => {
    const own = { ingressFrom: { reports: { from: NetworkPeer.namespace("reports"), ports: ["stats"] } } };
    expect(caught(() => render({ own, ports: { http: 8080, admin: 9090 } }))).toBe(
      "'catalogue' is to be reached on port 'stats', which it does not serve\nhint: its ports are: 'http', 'admin'",
    );
  });

  test("fails for a caller of a unit that serves no port at all", () => {
    const own = { ingressFrom: { reports: { from: NetworkPeer.namespace("reports") } } };
    expect(caught(() => render({ own }))).toBe(
      "a rule for ingress of network policy 'catalogue' has no port\n" +
        "hint: an empty list means every port: leave the rule out to allow nothing",
    );
  });
});
