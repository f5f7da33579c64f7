import { describe, expect, test } from "@jest/globals";
import type { ClusterProps } from "../../../lib/definition/cluster.ts";
import type { Definitions } from "../../../lib/definition/definitions.ts";
import { NetworkPeer } from "../../../lib/definition/network-peer.ts";
import type { Labels } from "../../../lib/manifest/label-selector.ts";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { meshPodSecurity } from "../../../lib/validation/rules/mesh-pod-security.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { manifest, reported, unitOf } from "../../support/manifests.ts";

const takeAway = "hint: say mesh of the cluster as it is there, or take the label away";

function world(mode?: "sidecar" | "ambient", versions?: ClusterProps["versions"]): Definitions {
  const controlPlane = NetworkPeer.pods({ namespace: "istio-system", labels: { app: "istiod" } });
  const mesh = mode && { mode, controlPlane, ingressGateway: { namespace: "istio-ingress", labels: { istio: "ingressgateway" } } };
  return bookshopWorld({ cluster: { ...(mesh && { mesh }), ...(versions && { versions }) } });
}

/** A Namespace other than the one that every test has. */
function namespace(labels: Labels): Manifest {
  return manifest({ kind: "Namespace", metadata: { name: "library-dev", namespace: undefined, labels } }, unitOf("namespace"));
}

interface Pod {
  readonly kind?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  readonly [field: string]: unknown;
}

function workload({ kind = "Deployment", labels, annotations, ...pod }: Pod = {}): Manifest {
  const template = { metadata: { labels, annotations }, spec: { containers: [{ name: "loans", image: "loans" }], ...pod } };
  const spec = kind === "CronJob" ? { jobTemplate: { spec: { template } } } : { template };
  return manifest({
    apiVersion: kind.endsWith("Job") ? "batch/v1" : "apps/v1",
    kind,
    metadata: { name: "loans", namespace: "library-dev" },
    spec,
  });
}

describe("mesh-pod-security", () => {
  test.each([
    ["sidecar", { "istio-injection": "enabled" }],
    ["sidecar", { "istio.io/rev": "stable" }],
    ["ambient", { "istio.io/dataplane-mode": "ambient" }],
  ] as const)("lets a Namespace pass that joins the mesh of its cluster: %s, %j", (mode, labels) => {
    expect(reported(meshPodSecurity, [namespace(labels), workload(), workload({ kind: "Job" })], world(mode))).toEqual([]);
  });

  test("lets labels pass that keep out of every mesh", () => {
    const labels = { "istio-injection": "disabled", "istio.io/dataplane-mode": "none" };
    const pod = { labels: { "sidecar.istio.io/inject": "false", "istio.io/dataplane-mode": "none" } };
    expect(reported(meshPodSecurity, [namespace(labels), workload(pod)], world())).toEqual([]);
  });

  test.each([
    [undefined, { "istio-injection": "enabled" }, "sidecar' (istio-injection)", "declares no mesh"],
    ["ambient", { "istio.io/rev": "stable" }, "sidecar' (istio.io/rev)", "declares the mode 'ambient'"],
    ["sidecar", { "istio.io/dataplane-mode": "ambient" }, "ambient' (istio.io/dataplane-mode)", "declares the mode 'sidecar'"],
  ] as const)("reports a Namespace that asks for another mesh than the cluster's: %s, %j", (mode, labels, asked, has) => {
    expect(reported(meshPodSecurity, [namespace(labels)], world(mode))).toEqual([
      `Namespace library-dev asks for the mesh mode '${asked}, and cluster 'dev-eu' ${has}\n${takeAway}`,
    ]);
  });

  test.each([
    [{ labels: { "sidecar.istio.io/inject": "true" } }, "sidecar' (sidecar.istio.io/inject)"],
    [{ annotations: { "sidecar.istio.io/inject": "true" } }, "sidecar' (sidecar.istio.io/inject)"],
    [{ labels: { "istio.io/rev": "stable" } }, "sidecar' (istio.io/rev)"],
    [{ labels: { "istio.io/dataplane-mode": "ambient" } }, "ambient' (istio.io/dataplane-mode)"],
  ])("reports Pods that ask for themselves: %j", (pod, asked) => {
    expect(reported(meshPodSecurity, [workload(pod)], world())).toEqual([
      `Deployment library-dev/loans asks for the mesh mode '${asked}, and cluster 'dev-eu' declares no mesh\n${takeAway}`,
    ]);
  });

  test.each([
    ["sidecar", "istio-injection: enabled", { "istio.io/rev": "stable" }],
    ["ambient", "istio.io/dataplane-mode: ambient", { "istio.io/dataplane-mode": "ambient" }],
  ] as const)("reports a Namespace that does not ask for the mesh which its system declares: %s", (mesh, label, labels) => {
    const { environments, ...others } = world(mesh);
    const definitions = { ...others, environments, systems: bookshopWorld({ system: { mesh } }).systems };
    const says = meshPodSecurity
      .check(new RepositoryFacts([namespace({})], definitions))
      .map(({ message, hint = "" }) => `${message}\nhint: ${hint}`);
    expect(says).toEqual([
      `Namespace library-dev does not ask for the mesh mode '${mesh}', which system 'bookshop' declares\nhint: give it the label ${label}`,
    ]);
    expect(meshPodSecurity.check(new RepositoryFacts([namespace(labels)], definitions))).toEqual([]);
    expect(meshPodSecurity.check(new RepositoryFacts([namespace({})], world(mesh)))).toEqual([]);
  });

  test("reports labels that contradict each other, whatever is known of the cluster", () => {
    expect(reported(meshPodSecurity, [namespace({ "istio-injection": "enabled", "istio.io/dataplane-mode": "ambient" })])).toEqual([
      "Namespace library-dev asks for sidecars (istio-injection) and for ambient (istio.io/dataplane-mode) at once\nhint: keep one of the two labels",
    ]);
    expect(reported(meshPodSecurity, [namespace({ "istio-injection": "enabled", "istio.io/rev": "stable" })])).toEqual([
      "Namespace library-dev has the labels istio-injection and istio.io/rev, of which the second then does nothing\nhint: keep one of the two labels",
    ]);
  });

  test("reports Pods on their node's network, which no mesh takes in", () => {
    const says =
      "Deployment library-dev/loans uses its node's network, and so stays outside of the mesh that it is asked into\nhint: take hostNetwork away, or keep it out by the label";
    const onNode = workload({ hostNetwork: true });
    expect(reported(meshPodSecurity, [namespace({ "istio-injection": "enabled" }), onNode])).toEqual([
      `${says} sidecar.istio.io/inject: "false"`,
    ]);
    expect(reported(meshPodSecurity, [namespace({ "istio.io/dataplane-mode": "ambient" }), onNode])).toEqual([
      `${says} istio.io/dataplane-mode: none`,
    ]);
    expect(reported(meshPodSecurity, [namespace({}), onNode])).toEqual([]);
    const keptOut = workload({ hostNetwork: true, labels: { "sidecar.istio.io/inject": "false", "istio.io/dataplane-mode": "none" } });
    expect(reported(meshPodSecurity, [namespace({ "istio-injection": "enabled" }), keptOut])).toEqual([]);
    expect(reported(meshPodSecurity, [namespace({ "istio.io/dataplane-mode": "ambient" }), keptOut])).toEqual([]);
    const elsewhere = workload({ hostNetwork: true, labels: { "istio.io/dataplane-mode": "none" } });
    expect(reported(meshPodSecurity, [namespace({ "istio-injection": "enabled" }), elsewhere])).toEqual([
      `${says} sidecar.istio.io/inject: "false"`,
    ]);
  });

  describe("of Jobs", () => {
    const injected = namespace({ "istio-injection": "enabled" });
    const says = (kind: string): string =>
      `${kind} library-dev/loans never ends: its sidecar goes on, since sidecars are native from Istio 1.27 on Kubernetes 1.33 on\nhint: raise versions of the cluster, or keep it out by the label sidecar.istio.io/inject: "false"`;

    test.each(["Job", "CronJob"])("reports a %s whose sidecar is no native one", (kind) => {
      expect(reported(meshPodSecurity, [injected, workload({ kind })], world("sidecar", { istio: "1.26.4" }))).toEqual([says(kind)]);
      expect(reported(meshPodSecurity, [injected, workload({ kind })], world("sidecar", { kubernetes: "1.28.0" }))).toEqual([says(kind)]);
      expect(
        reported(meshPodSecurity, [injected, workload({ kind })], world("sidecar", { istio: "1.27.0", kubernetes: "1.33.0" })),
      ).toEqual([]);
      expect(reported(meshPodSecurity, [injected, workload({ kind })], world("sidecar", {}))).toEqual([]);
    });

    test("goes by what the Pods say of their sidecar", () => {
      const marked = (nativeSidecar: string): Manifest =>
        workload({ kind: "Job", annotations: { "sidecar.istio.io/nativeSidecar": nativeSidecar } });
      expect(reported(meshPodSecurity, [injected, marked("true")], world("sidecar", { istio: "1.26.4" }))).toEqual([]);
      expect(reported(meshPodSecurity, [injected, marked("false")], world("sidecar", { istio: "1.31.1" }))).toEqual([says("Job")]);
    });

    test("says nothing of Deployments and of Jobs outside of the mesh", () => {
      const old = world("sidecar", { istio: "1.26.4" });
      expect(reported(meshPodSecurity, [injected, workload()], old)).toEqual([]);
      expect(reported(meshPodSecurity, [namespace({}), workload({ kind: "Job" })], old)).toEqual([]);
    });

    test("reports a Job that brings its proxy along, wherever it is", () => {
      const proxy = { name: "istio-proxy", image: "proxy" };
      expect(reported(meshPodSecurity, [workload({ kind: "Job", containers: [proxy] })])).toEqual([
        "Job library-dev/loans never ends: its container 'istio-proxy' goes on when the others have ended\nhint: make it an init container with restartPolicy: Always, which ends with the others",
      ]);
      expect(reported(meshPodSecurity, [workload({ kind: "Job", initContainers: [{ ...proxy, restartPolicy: "Always" }] })])).toEqual([]);
      expect(reported(meshPodSecurity, [workload({ containers: [proxy] })])).toEqual([]);
    });
  });
});
