import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { defaultDeny } from "../../../lib/validation/rules/default-deny.ts";
import { deployment, manifest, reported } from "../../support/manifests.ts";

function policy(spec: object, name = "default-deny", namespace = "bookshop-dev"): Manifest {
  return manifest({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name, namespace }, spec });
}

const both = ["Ingress", "Egress"];
const deny = policy({ podSelector: {}, policyTypes: both });
const everybody = { ipBlock: { cidr: "0.0.0.0/0" } };

/** What is said of the Namespace with one workload and these policies. */
function said(...policies: readonly Manifest[]): string[] {
  return reported(defaultDeny, [deployment(), ...policies]);
}

function notDenied(directions: string): string {
  return `Namespace bookshop-dev does not deny ${directions} by default\nhint: render a NetworkPolicy for all Pods there, of both policyTypes and without rules`;
}

function opened(direction: string, name = "open"): string {
  return `NetworkPolicy bookshop-dev/${name} opens all ${direction} of every Pod in its Namespace\nhint: name who is meant, or the Pods that need it`;
}

describe("default-deny", () => {
  test.each<readonly [title: string, policies: readonly Manifest[]]>([
    ["one policy that denies both directions", [deny]],
    ["a policy without a podSelector", [policy({ policyTypes: both })]],
    ["two policies, one for each", [policy({ podSelector: {} }), policy({ podSelector: {}, policyTypes: ["Egress"] }, "calls")]],
    ["a policy for all Pods that lets some traffic through", [policy({ podSelector: {}, egress: [{ to: [{ podSelector: {} }] }] })]],
    ["a port open to everybody", [policy({ podSelector: {}, policyTypes: both, ingress: [{ ports: [{ port: 8080 }] }] })]],
    [
      "everybody but some",
      [policy({ policyTypes: both, egress: [{ to: [{ ipBlock: { ...everybody.ipBlock, except: ["10.0.0.0/8"] } }] }] })],
    ],
    ["Pods that are open by themselves", [deny, policy({ podSelector: { matchLabels: { tier: "front" } }, ingress: [{}] }, "front")]],
  ])("lets %s pass", (_, policies) => {
    expect(said(...policies)).toEqual([]);
  });

  test("lets a Namespace without workloads pass", () => {
    expect(reported(defaultDeny, [])).toEqual([]);
  });

  test.each<readonly [title: string, policies: readonly Manifest[], directions: string]>([
    ["without a policy", [], "ingress and egress"],
    ["whose policies are for some Pods", [policy({ podSelector: { matchLabels: { tier: "front" } } })], "ingress and egress"],
    ["whose policies are another's", [policy({ podSelector: {}, policyTypes: both }, "deny", "bookshop-staging")], "ingress and egress"],
    ["that denies ingress only", [policy({ podSelector: {} })], "egress"],
    ["that denies egress only", [policy({ podSelector: {}, policyTypes: ["Egress"] })], "ingress"],
    ["whose policy says nothing", [policy({ policyTypes: [] })], "egress"],
  ])("reports a Namespace %s", (_, policies, directions) => {
    expect(said(...policies)).toEqual([notDenied(directions)]);
  });

  test.each<readonly [title: string, spec: object, direction: string]>([
    ["all ingress", { ingress: [{}] }, "ingress"],
    ["ingress from every address", { ingress: [{ from: [{ podSelector: {} }, everybody] }] }, "ingress"],
    ["all egress", { policyTypes: ["Egress"], egress: [{ to: [] }] }, "egress"],
    ["egress to every address", { policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr: "::/0" } }] }] }, "egress"],
  ])("reports a policy that opens %s again", (_, spec, direction) => {
    expect(said(deny, policy({ podSelector: {}, ...spec }, "open"))).toEqual([opened(direction)]);
  });

  test("reports the Namespace too where nothing but the open policy is for all Pods", () => {
    expect(said(policy({ ingress: [{}], policyTypes: both }, "open"))).toEqual([opened("ingress"), notDenied("ingress")]);
  });

  test("is not misled by documents that nobody has checked", () => {
    expect(said(policy({ podSelector: "all", policyTypes: "Ingress", ingress: {}, egress: [null] }))).toEqual([
      notDenied("ingress and egress"),
    ]);
  });
});
