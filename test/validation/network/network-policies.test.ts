import { describe, expect, test } from "@jest/globals";
import { NetworkPeer } from "../../../lib/definition/network-peer.ts";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { NetworkPolicies, type Way } from "../../../lib/validation/network/network-policies.ts";
import { bookshopNamespace, deployment, manifest, unitOf } from "../../support/manifests.ts";

const name = "app.kubernetes.io/name";
const nameOf = "kubernetes.io/metadata.name";
const prometheus = NetworkPeer.pods({ namespace: "monitoring", labels: { [name]: "prometheus", role: "main" } });

interface Asked {
  readonly peer?: NetworkPeer;
  readonly way?: Partial<Omit<Way, "workload">>;
  readonly pod?: Manifest;
  readonly others?: readonly Manifest[];
}

function policy(spec: object, metadata: { readonly name?: string; readonly namespace?: string } = {}): Manifest {
  return manifest({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata, spec: { podSelector: {}, ...spec } });
}

/** The policies that cut a way off, by name: by default from Prometheus to port 8080 of `catalogue`. */
function cutBy(specs: readonly object[], { peer = prometheus, way, pod = deployment(), others = [] }: Asked = {}): string[] {
  const policies = specs.map((spec, index) => policy(spec, { name: `policy-${index + 1}` }));
  const facts = new RepositoryFacts([bookshopNamespace, pod, ...policies, ...others]);
  const [workload] = facts.workloads;
  if (workload === undefined) throw new Error("the bookshop has a workload");
  const network = new NetworkPolicies(facts);
  const party = network.party(peer, workload);
  return network
    .cutting({ workload, direction: "ingress", port: 8080, protocol: "TCP", ...way }, party)
    .map((found) => found.manifest.document.metadata.name);
}

const letsIn = (from: object, ports?: readonly object[]): object => ({ ingress: [{ from: [from], ...(ports && { ports }) }] });
const monitoring = { namespaceSelector: { matchLabels: { [nameOf]: "monitoring" } } };

describe("who is isolated", () => {
  test("nobody is without a policy, or by policies of other Pods, other namespaces or the other direction", () => {
    expect(cutBy([])).toEqual([]);
    expect(cutBy([{ podSelector: { matchLabels: { [name]: "checkout" } } }])).toEqual([]);
    expect(cutBy([], { others: [policy({}, { namespace: "bookshop-staging" })] })).toEqual([]);
    expect(cutBy([{ policyTypes: ["Egress"] }])).toEqual([]);
  });

  test("what comes in is by every policy that says no types; what goes out only by those with rules for it", () => {
    expect(cutBy([{}])).toEqual(["policy-1"]);
    expect(cutBy([{ egress: [{ to: [monitoring] }] }])).toEqual(["policy-1"]);
    const outwards = { way: { direction: "egress" } } as const;
    expect(cutBy([{}], outwards)).toEqual([]);
    expect(cutBy([{ egress: [] }], outwards)).toEqual([]);
    expect(cutBy([{ egress: [{ to: [{ podSelector: {} }] }] }], outwards)).toEqual(["policy-1"]);
    expect(cutBy([{ policyTypes: ["Egress"] }], outwards)).toEqual(["policy-1"]);
  });

  test("Pods on their node's network are not", () => {
    expect(cutBy([{}], { pod: deployment({ hostNetwork: true }) })).toEqual([]);
  });
});

describe("what policies let through", () => {
  test("is the union of all of them", () => {
    expect(cutBy([{}, letsIn(monitoring), {}])).toEqual([]);
    expect(cutBy([{}, { policyTypes: ["Egress"] }, {}])).toEqual(["policy-1", "policy-3"]);
  });

  test("is everything where a rule names no peer and no port", () => {
    expect(cutBy([{ ingress: [{}] }])).toEqual([]);
    expect(cutBy([{ ingress: [{ from: [], ports: [] }] }])).toEqual([]);
  });

  test.each([
    ["the whole namespace", monitoring],
    ["every namespace", { namespaceSelector: {} }],
    ["the Pods of the namespace", { ...monitoring, podSelector: { matchLabels: { [name]: "prometheus" } } }],
    [
      "the Pods by an expression",
      { namespaceSelector: {}, podSelector: { matchExpressions: [{ key: "role", operator: "In", values: ["main"] }] } },
    ],
    ["a label of a namespace that nobody here knows", { namespaceSelector: { matchLabels: { [nameOf]: "monitoring", team: "platform" } } }],
    [
      "an expression about the name",
      { namespaceSelector: { matchExpressions: [{ key: nameOf, operator: "NotIn", values: ["kube-system"] }] } },
    ],
  ])("takes a peer: %s", (_title, from) => {
    expect(cutBy([letsIn(from)])).toEqual([]);
  });

  test.each([
    ["another namespace", { namespaceSelector: { matchLabels: { [nameOf]: "logging" } } }],
    [
      "another namespace, by an expression",
      { namespaceSelector: { matchExpressions: [{ key: nameOf, operator: "In", values: ["logging"] }] } },
    ],
    ["the policy's own namespace", { podSelector: {} }],
    ["other Pods of the namespace", { ...monitoring, podSelector: { matchLabels: { [name]: "grafana" } } }],
    ["addresses", { ipBlock: { cidr: "0.0.0.0/0" } }],
    ["nobody", {}],
  ])("does not take a peer: %s", (_title, from) => {
    expect(cutBy([letsIn(from)])).toEqual(["policy-1"]);
  });

  test("takes Pods of the policy's own namespace", () => {
    const peer = NetworkPeer.pods({ labels: { [name]: "checkout" } });
    expect(cutBy([letsIn({ podSelector: { matchLabels: { [name]: "checkout" } } })], { peer })).toEqual([]);
    expect(cutBy([letsIn({ podSelector: { matchLabels: { [name]: "till" } } })], { peer })).toEqual(["policy-1"]);
  });

  test("goes by the labels of a namespace that is rendered", () => {
    const peer = NetworkPeer.namespace("library");
    const others = [
      manifest({ kind: "Namespace", metadata: { name: "library", namespace: undefined, labels: { team: "loans" } } }, unitOf("namespace")),
    ];
    const byTeam = (team: string): object => letsIn({ namespaceSelector: { matchLabels: { [nameOf]: "library", team } } });
    expect(cutBy([byTeam("loans")], { peer, others })).toEqual([]);
    expect(cutBy([byTeam("sales")], { peer, others })).toEqual(["policy-1"]);
  });

  test("takes a whole namespace only where all its Pods are let in", () => {
    const peer = NetworkPeer.namespace("monitoring");
    expect(cutBy([letsIn(monitoring)], { peer })).toEqual([]);
    expect(cutBy([letsIn({ ...monitoring, podSelector: {} })], { peer })).toEqual([]);
    expect(cutBy([letsIn({ ...monitoring, podSelector: { matchLabels: { [name]: "prometheus" } } })], { peer })).toEqual(["policy-1"]);
  });

  test("takes addresses that lie in a block and in none of its holes", () => {
    const peer = NetworkPeer.ipBlock("35.191.0.0/16", ["35.191.8.0/24"]);
    const block = (cidr: string, except?: readonly string[]): object => letsIn({ ipBlock: { cidr, except } });
    expect(cutBy([block("35.0.0.0/8")], { peer })).toEqual([]);
    expect(cutBy([block("35.0.0.0/8", ["35.1.0.0/16", "35.191.8.0/25"])], { peer })).toEqual([]);
    expect(cutBy([block("35.0.0.0/8", ["35.191.9.0/24"])], { peer })).toEqual(["policy-1"]);
    expect(cutBy([block("35.191.0.0/17")], { peer })).toEqual(["policy-1"]);
    expect(cutBy([letsIn(monitoring)], { peer })).toEqual(["policy-1"]);
  });
});

describe("which ports policies open", () => {
  test.each([
    ["by number", [{ port: 8080 }]],
    ["by a range", [{ port: 8000, endPort: 9000 }]],
    ["by the name that the Pod gives it", [{ port: "http" }]],
    ["by a protocol", [{ protocol: "TCP" }]],
    [
      "among others",
      [
        { port: 53, protocol: "UDP" },
        { port: 8080, protocol: "TCP" },
      ],
    ],
  ])("the one that is called: %s", (_title, ports) => {
    expect(cutBy([letsIn(monitoring, ports)])).toEqual([]);
  });

  test.each([
    ["another number", [{ port: 8081 }]],
    ["a range beside it", [{ port: 8081, endPort: 9000 }]],
    ["a name of no port", [{ port: "admin" }]],
    ["another protocol", [{ port: 8080, protocol: "UDP" }]],
  ])("not the one that is called: %s", (_title, ports) => {
    expect(cutBy([letsIn(monitoring, ports)])).toEqual(["policy-1"]);
  });

  test("names are those of the Pod that is called, not of the one that calls", () => {
    const rule = { policyTypes: ["Egress"], egress: [{ to: [monitoring], ports: [{ port: "http" }] }] };
    expect(cutBy([rule], { way: { direction: "egress" } })).toEqual(["policy-1"]);
  });

  test("the same peer is asked about in each direction for itself", () => {
    const inOnly = { ...letsIn(monitoring), policyTypes: ["Ingress", "Egress"] };
    expect(cutBy([inOnly])).toEqual([]);
    expect(cutBy([inOnly], { way: { direction: "egress" } })).toEqual(["policy-1"]);
  });
});
