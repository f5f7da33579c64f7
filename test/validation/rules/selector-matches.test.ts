import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { selectorMatches } from "../../../lib/validation/rules/selector-matches.ts";
import { deployment, manifest, platform, reported } from "../../support/manifests.ts";

const key = "app.kubernetes.io/name";
const matchLabels = { [key]: "catalogue" };
const misspelt = { [key]: "catalog" };
const nearest = `hint: no Pod there has the label ${key} with the value 'catalog'; the nearest values there: 'catalogue'`;
const pods = deployment();

/** Each kind that selects Pods, with a spec that selects these. */
const selecting: readonly (readonly [string, string, (labels: object) => object])[] = [
  ["policy/v1", "PodDisruptionBudget", (labels) => ({ selector: { matchLabels: labels }, maxUnavailable: 1 })],
  ["networking.k8s.io/v1", "NetworkPolicy", (labels) => ({ podSelector: { matchLabels: labels }, policyTypes: ["Egress"] })],
  ["monitoring.coreos.com/v1", "PodMonitor", (labels) => ({ selector: { matchLabels: labels } })],
  ["networking.istio.io/v1alpha3", "EnvoyFilter", (labels) => ({ workloadSelector: { labels } })],
  ["networking.istio.io/v1", "Sidecar", (labels) => ({ workloadSelector: { labels } })],
  ["networking.istio.io/v1", "DestinationRule", (labels) => ({ workloadSelector: { matchLabels: labels } })],
  ["security.istio.io/v1", "AuthorizationPolicy", (labels) => ({ selector: { matchLabels: labels } })],
  ["security.istio.io/v1", "PeerAuthentication", (labels) => ({ selector: { matchLabels: labels } })],
  ["security.istio.io/v1", "RequestAuthentication", (labels) => ({ selector: { matchLabels: labels } })],
  ["telemetry.istio.io/v1", "Telemetry", (labels) => ({ selector: { matchLabels: labels } })],
  ["extensions.istio.io/v1alpha1", "WasmPlugin", (labels) => ({ selector: { matchLabels: labels } })],
];

function selector(kind: string, spec: object, namespace = "bookshop-dev"): Manifest {
  const [apiVersion = "v1"] = selecting.find(([, known]) => known === kind) ?? [];
  return manifest({ apiVersion, kind, metadata: { name: "guard", namespace }, spec });
}

function spread(labelSelector?: object): Manifest {
  return deployment({ topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "zone", ...(labelSelector && { labelSelector }) }] });
}

const says = "Deployment bookshop-dev/catalogue";

describe("selector-matches", () => {
  test.each(selecting)("compares the labels of %s %s with those of the Pods", (_group, kind, spec) => {
    expect(reported(selectorMatches, [pods, selector(kind, spec(matchLabels))])).toEqual([]);
    expect(reported(selectorMatches, [pods, selector(kind, spec(misspelt))])).toEqual([
      `${kind} bookshop-dev/guard selects Pods that no workload makes\n${nearest}`,
    ]);
  });

  test("lets what is for every Pod of the namespace pass, also where there is none yet", () => {
    const everything = [
      selector("PodDisruptionBudget", { selector: {} }),
      selector("NetworkPolicy", { podSelector: {} }),
      selector("EnvoyFilter", {}),
      selector("PeerAuthentication", {}),
    ];
    expect(reported(selectorMatches, [pods, ...everything])).toEqual([]);
    expect(reported(selectorMatches, everything)).toEqual([]);
  });

  test("asks no template for labels that a controller puts on its Pods", () => {
    const policy = selector("NetworkPolicy", {
      podSelector: { matchLabels: { ...matchLabels, "statefulset.kubernetes.io/pod-name": "catalogue-0" } },
    });
    expect(reported(selectorMatches, [pods, policy])).toEqual([]);
  });

  test("reports a budget without a selector, which is for no Pod", () => {
    expect(reported(selectorMatches, [pods, selector("PodDisruptionBudget", { maxUnavailable: 1 })])).toEqual([
      "PodDisruptionBudget bookshop-dev/guard selects Pods that no workload makes\nhint: say the labels of the Pods: without a selector it takes none",
    ]);
  });

  test("leaves a NetworkPolicy that opens ports to the rule of ports", () => {
    const ingress = [{ ports: [{ port: 8080 }] }];
    expect(reported(selectorMatches, [pods, selector("NetworkPolicy", { podSelector: { matchLabels: misspelt }, ingress })])).toEqual([]);
  });

  test("looks for the Pods of a PodMonitor in the namespaces that it names", () => {
    const monitor = (namespaceSelector: object): Manifest =>
      selector("PodMonitor", { selector: { matchLabels }, namespaceSelector }, "monitoring");
    const staging = manifest({ kind: "Namespace", metadata: { name: "bookshop-staging", namespace: undefined } });
    expect(reported(selectorMatches, [pods, staging, monitor({ matchNames: ["bookshop-dev"] })])).toEqual([]);
    expect(reported(selectorMatches, [pods, staging, monitor({ matchNames: ["bookshop-dev", "bookshop-staging"] })])).toEqual([]);
    expect(reported(selectorMatches, [pods, staging, monitor({ matchNames: ["bookshop-staging", "argocd"] })])).toEqual([]);
    expect(reported(selectorMatches, [pods, staging, monitor({ any: true })])).toEqual([]);
    expect(reported(selectorMatches, [pods, staging, monitor({ matchNames: ["bookshop-staging"] })])).toEqual([
      "PodMonitor monitoring/guard selects Pods that no workload makes\nhint: there is no Pod in that namespace",
    ]);
  });

  test("says nothing of the mesh's own namespace, whose objects are for all Pods", () => {
    const mesh = manifest({ kind: "Namespace", metadata: { name: "istio-system", namespace: undefined } });
    expect(
      reported(selectorMatches, [mesh, selector("EnvoyFilter", { workloadSelector: { labels: matchLabels } }, "istio-system")]),
    ).toEqual([]);
  });

  test("says nothing where Pods are not known: of undeclared namespaces, and beside custom resources that may make Pods", () => {
    const budget = selector("PodDisruptionBudget", { selector: { matchLabels: misspelt } }, "argocd");
    expect(reported(selectorMatches, [budget])).toEqual([]);
    const database = manifest({ apiVersion: "postgresql.cnpg.io/v1", kind: "Cluster" });
    const beside = selector("PodDisruptionBudget", { selector: { matchLabels: misspelt } });
    expect(reported(selectorMatches, [database, beside])).toEqual([]);
    expect(reported(selectorMatches, [manifest({ apiVersion: "external-secrets.io/v1", kind: "ExternalSecret" }), beside])).toHaveLength(1);
  });

  test("lets a workload pass that spreads its own Pods", () => {
    expect(reported(selectorMatches, [spread({ matchLabels })])).toEqual([]);
  });

  test.each([
    ["others' labels", { matchLabels: misspelt }],
    ["no selector", undefined],
  ])("reports a workload that spreads by %s", (_title, labelSelector) => {
    expect(reported(selectorMatches, [spread(labelSelector)])).toEqual([
      `${says} spreads Pods over 'zone' that are not its own\nhint: take labels of its own Pods into the constraint's labelSelector`,
    ]);
  });

  test.each([
    ["podAntiAffinity", "keeps away from"],
    ["podAffinity", "keeps near to"],
  ])("compares the terms of %s with the Pods of their namespaces", (field, verb) => {
    const required = (term: object): Manifest =>
      deployment({ affinity: { [field]: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } });
    const preferred = (term: object): Manifest =>
      deployment({ affinity: { [field]: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term }] } } });
    const missing = `${says} ${verb} Pods that no workload makes\n${nearest}`;
    for (const workload of [required, preferred]) {
      expect(reported(selectorMatches, [workload({ labelSelector: { matchLabels } })])).toEqual([]);
      expect(reported(selectorMatches, [workload({ labelSelector: { matchLabels: misspelt } })])).toEqual([missing]);
      expect(reported(selectorMatches, [workload({ labelSelector: { matchLabels: misspelt }, namespaces: ["bookshop-dev"] })])).toEqual([
        missing,
      ]);
      expect(reported(selectorMatches, [workload({ labelSelector: { matchLabels: misspelt }, namespaces: ["argocd"] })])).toEqual([]);
      expect(reported(selectorMatches, [workload({ labelSelector: { matchLabels: misspelt }, namespaceSelector: {} })])).toEqual([]);
    }
  });

  test("does not trip over a spec that is none", () => {
    const broken = [
      manifest({ apiVersion: "policy/v1", kind: "PodDisruptionBudget", spec: "none" }),
      deployment({ topologySpreadConstraints: "none", affinity: "none" }),
      manifest({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", spec: { podSelector: "all", ingress: 1 } }, platform),
    ];
    expect(reported(selectorMatches, broken)).toHaveLength(1);
  });
});
