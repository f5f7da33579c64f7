import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { networkPeerExists } from "../../../lib/validation/rules/network-peer-exists.ts";
import { deployment, manifest, platform, reported } from "../../support/manifests.ts";

const name = "NetworkPolicy bookshop-dev/catalogue";
const key = "app.kubernetes.io/name";
const podSelector = { matchLabels: { [key]: "catalogue" } };
const misspelt = { matchLabels: { [key]: "catalog" } };
const nearest = `hint: no Pod there has the label ${key} with the value 'catalog'; the nearest values there: 'catalogue'`;
const pods = deployment();
const stagingNamespace = manifest({
  kind: "Namespace",
  metadata: { name: "bookshop-staging", namespace: undefined, labels: { stage: "staging" } },
});
const stagingPods = deployment({}, { namespace: "bookshop-staging" });

function policy(spec: object, metadata: object = {}): Manifest {
  return manifest({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata, spec: { podSelector: {}, ...spec } });
}

function from(...peers: object[]): Manifest {
  return policy({ ingress: [{ from: peers }] });
}

function named(namespace: string, others: object = {}): object {
  return { matchLabels: { "kubernetes.io/metadata.name": namespace, ...others } };
}

function listed(...values: string[]): object {
  return { matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values }] };
}

describe("network-peer-exists", () => {
  test.each([
    ["Pods beside it", { podSelector }],
    ["every Pod beside it", { podSelector: {} }],
    ["Pods of a declared namespace", { namespaceSelector: named("bookshop-staging", { stage: "staging" }), podSelector }],
    ["a whole namespace", { namespaceSelector: named("bookshop-staging") }],
    ["Pods of one namespace of two", { namespaceSelector: listed("bookshop-staging", "bookshop-dev"), podSelector }],
    ["addresses", { ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } }],
  ])("lets a peer pass that is %s", (_title, peer) => {
    expect(reported(networkPeerExists, [pods, stagingNamespace, stagingPods, from(peer)])).toEqual([]);
    expect(reported(networkPeerExists, [pods, stagingNamespace, stagingPods, policy({ egress: [{ to: [peer] }] })])).toEqual([]);
  });

  test("reports Pods that no workload beside it makes, in both directions, each once", () => {
    const peer = { podSelector: misspelt };
    const both = policy({ ingress: [{ from: [peer] }, { from: [peer], ports: [{ port: 8080 }] }], egress: [{ to: [peer] }] });
    expect(reported(networkPeerExists, [pods, both])).toEqual([
      `${name} lets in Pods that no workload makes\n${nearest}`,
      `${name} lets out to Pods that no workload makes\n${nearest}`,
    ]);
  });

  test.each([named("bookshop-staging"), listed("bookshop-staging")])(
    "reports Pods that no workload of a declared namespace makes: %j",
    (namespaceSelector) => {
      expect(reported(networkPeerExists, [pods, stagingNamespace, from({ namespaceSelector, podSelector })])).toEqual([
        `${name} lets in Pods that no workload makes\nhint: there is no Pod in that namespace`,
      ]);
    },
  );

  test("reports a declared namespace that has not the labels", () => {
    const peer = { namespaceSelector: named("bookshop-staging", { stage: "production" }), podSelector };
    expect(reported(networkPeerExists, [stagingNamespace, stagingPods, from(peer)])).toEqual([
      `${name} lets in Pods of namespace 'bookshop-staging', which has not all labels that the peer asks for\nhint: select it by kubernetes.io/metadata.name alone, or put the labels on the Namespace`,
    ]);
  });

  test.each([
    ["a namespace that nobody declares", { namespaceSelector: named("monitoring"), podSelector: misspelt }],
    ["namespaces of which one is not declared", { namespaceSelector: listed("bookshop-dev", "monitoring"), podSelector: misspelt }],
    ["namespaces by labels", { namespaceSelector: { matchLabels: { stage: "staging" } }, podSelector: misspelt }],
    ["every namespace", { namespaceSelector: {}, podSelector: misspelt }],
    [
      "namespaces by the values of another label",
      { namespaceSelector: { matchExpressions: [{ key: "stage", operator: "In", values: ["bookshop-staging"] }] }, podSelector: misspelt },
    ],
    [
      "namespaces other than one",
      {
        namespaceSelector: { matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: ["bookshop-staging"] }] },
        podSelector: misspelt,
      },
    ],
  ])("says nothing of Pods in %s", (_title, peer) => {
    expect(reported(networkPeerExists, [pods, stagingNamespace, from(peer)])).toEqual([]);
  });

  test("says nothing beside custom resources that may make Pods, nor in a namespace that nobody declares", () => {
    expect(
      reported(networkPeerExists, [manifest({ apiVersion: "postgresql.cnpg.io/v1", kind: "Cluster" }), from({ podSelector: misspelt })]),
    ).toEqual([]);
    expect(reported(networkPeerExists, [policy({ egress: [{ to: [{ podSelector: misspelt }] }] }, { namespace: "argocd" })])).toEqual([]);
  });

  test.each([
    ["10.0.0.0/8", "11.1.0.0/16"],
    ["10.0.0.0/8", "10.0.0.0/8"],
    ["10.1.0.0/16", "10.0.0.0/8"],
    ["fd00::/8", "fe80::/10"],
  ])("reports an exception to %s that is no smaller part of it: %s", (cidr, except) => {
    expect(reported(networkPeerExists, [from({ ipBlock: { cidr, except: [except] } })])).toEqual([
      `${name} excepts '${except}' from '${cidr}', which is no smaller part of it\nhint: an exception is a part of the block: take it out, or mend one of the two`,
    ]);
  });

  test("leaves addresses that are none to the rule of formats", () => {
    expect(
      reported(networkPeerExists, [
        from({ ipBlock: { cidr: "10.0.0.0", except: ["10.1.0.0/16"] } }),
        from({ ipBlock: { cidr: "10.0.0.0/8", except: ["x"] } }),
      ]),
    ).toEqual([]);
  });

  test("does not trip over a spec that is none", () => {
    const broken = manifest(
      { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", spec: { ingress: "all", egress: [1, { to: "all" }] } },
      platform,
    );
    expect(reported(networkPeerExists, [broken])).toEqual([]);
  });
});
