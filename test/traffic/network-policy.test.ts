import { describe, expect, test } from "@jest/globals";
import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import type { WithContext } from "../../lib/definition/workload-class.ts";
import { DefaultDeny, DnsAccess, WorkloadNetworkPolicy } from "../../lib/traffic/network-policy.ts";
import type { DefaultDenyProps, DnsAccessProps, WorkloadNetworkPolicyProps } from "../../lib/traffic/network-policy.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";

const context = bookshopContext();
const podLabels = { "app.kubernetes.io/name": "catalogue" };

function render(props: WorkloadNetworkPolicyProps) {
  return renderOne((scope) => new WorkloadNetworkPolicy(scope, "policy", { context, ...props }));
}

describe("DefaultDeny", () => {
  test("refuses everything to and from every Pod of the namespace", () => {
    expect(renderOne((scope) => new DefaultDeny(scope, "deny", { context }))).toEqual({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "default-deny", namespace: "bookshop-dev", labels: context.labels },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    });
  });

  test("every prop reaches the manifest", () => {
    const props: Required<WithContext<DefaultDenyProps>> = { context: bookshopContext({ annotations: { wave: "-2" } }), name: "nobody" };
    expect(renderOne((scope) => new DefaultDeny(scope, "deny", props)).metadata).toEqual({
      name: "nobody",
      namespace: "bookshop-dev",
      labels: context.labels,
      annotations: { wave: "-2" },
    });
  });
});

describe("DnsAccess", () => {
  test("opens port 53 of the cluster's DNS servers by UDP and TCP", () => {
    const object = renderOne((scope) => new DnsAccess(scope, "dns", { context }));
    expect(object.metadata.name).toBe("dns-access");
    expect(object.spec).toEqual({
      podSelector: {},
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
              podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
            },
          ],
          ports: [{ port: 53, protocol: "UDP" }, { port: 53 }],
        },
      ],
    });
  });

  test("every prop reaches the manifest", () => {
    const cluster = { ...context.cluster, dns: [NetworkPeer.ipBlock("169.254.20.10/32")] as const };
    const props: Required<WithContext<DnsAccessProps>> = { context: bookshopContext({ cluster }), name: "name-servers" };
    expect(renderOne((scope) => new DnsAccess(scope, "dns", props))).toMatchObject({
      metadata: { name: "name-servers" },
      spec: { egress: [{ to: [{ ipBlock: { cidr: "169.254.20.10/32" } }] }] },
    });
  });
});

describe("WorkloadNetworkPolicy", () => {
  test("every prop reaches the manifest, in the order given", () => {
    const props: Required<WorkloadNetworkPolicyProps> = {
      name: "catalogue",
      podLabels,
      ingress: [
        { from: [NetworkPeer.namespace("ingress-nginx"), NetworkPeer.pods({ labels: { app: "checkout" } })], ports: [8080, 8443] },
        { from: [NetworkPeer.pods({ labels: { app: "prometheus" }, namespace: "monitoring" })], ports: [9090] },
      ],
      egress: [{ to: [NetworkPeer.ipBlock("10.20.0.0/16", ["10.20.1.0/24"]), NetworkPeer.ipBlock("2001:db8::/32")], ports: [5432] }],
    };
    expect(render(props)).toEqual({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "catalogue", namespace: "bookshop-dev", labels: context.labels },
      spec: {
        podSelector: { matchLabels: podLabels },
        ingress: [
          {
            from: [
              { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress-nginx" } } },
              { podSelector: { matchLabels: { app: "checkout" } } },
            ],
            ports: [{ port: 8080 }, { port: 8443 }],
          },
          {
            from: [
              {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } },
                podSelector: { matchLabels: { app: "prometheus" } },
              },
            ],
            ports: [{ port: 9090 }],
          },
        ],
        egress: [
          {
            to: [{ ipBlock: { cidr: "10.20.0.0/16", except: ["10.20.1.0/24"] } }, { ipBlock: { cidr: "2001:db8::/32" } }],
            ports: [{ port: 5432 }],
          },
        ],
      },
    });
  });

  test("refuses both ways what it does not list", () => {
    expect(render({ name: "catalogue", podLabels }).spec).toEqual({
      podSelector: { matchLabels: podLabels },
      policyTypes: ["Ingress", "Egress"],
    });
  });

  test("leaves the policy types to the API's default where there are egress rules, and only there", () => {
    const from = [NetworkPeer.namespace("ingress-nginx")];
    expect(render({ name: "catalogue", podLabels, egress: [{ to: from, ports: [8080] }] }).spec).not.toHaveProperty("policyTypes");
    expect(render({ name: "catalogue", podLabels, ingress: [{ from, ports: [8080] }] }).spec).toHaveProperty("policyTypes", [
      "Ingress",
      "Egress",
    ]);
  });

  test("fails without a label for the Pods", () => {
    expect(caught(() => render({ name: "catalogue", podLabels: {} }))).toBe(
      "network policy 'catalogue' selects its Pods by no label\nhint: an empty selector means every Pod",
    );
  });

  const payments = [NetworkPeer.namespace("payments")];
  test.each([
    ["ingress", "peer", "everybody", { ingress: [{ from: [], ports: [8080] }] }],
    ["ingress", "port", "every port", { ingress: [{ from: payments, ports: [] }] }],
    ["egress", "peer", "everybody", { egress: [{ to: [], ports: [8080] }] }],
    ["egress", "port", "every port", { egress: [{ to: payments, ports: [] }] }],
  ])("fails for a rule for %s without a %s, which would mean %s", (direction, what, meaning, rules) => {
    expect(caught(() => render({ name: "catalogue", podLabels, ...rules }))).toBe(
      `a rule for ${direction} of network policy 'catalogue' has no ${what}\n` +
        `hint: an empty list means ${meaning}: leave the rule out to allow nothing`,
    );
  });

  test("fails for a port that is none", () => {
    const egress = [{ to: payments, ports: [70000] }];
    expect(caught(() => render({ name: "catalogue", podLabels, egress }))).toBe(
      "a port of network policy 'catalogue' is not a port number: got 70000\nhint: use a whole number from 1 to 65535",
    );
  });
});
