import { describe, expect, test } from "@jest/globals";
import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import type { CallPeer } from "../../lib/definition/workload-class.ts";
import { matchesLabels } from "../../lib/manifest/label-selector.ts";
import { CanaryService, type CanaryServiceProps } from "../../lib/workload/canary-service.ts";
import { DisruptionBudget } from "../../lib/workload/disruption-budget.ts";
import { RolloutStrategy } from "../../lib/workload/rollout-strategy.ts";
import { WebService, type WebServiceProps } from "../../lib/workload/web-service.ts";
import { caught } from "../support/caught.ts";
import { bookshopContext } from "../support/unit-context.ts";
import { everyPodProp } from "./every-pod-prop.ts";
import { expectEveryPropToCount, find, meshContext, podOf, renderUnit, titles } from "./rendered-unit.ts";

const stable = { "app.kubernetes.io/name": "catalogue", "keelson.dev/track": "stable" };
const canary = { "app.kubernetes.io/name": "catalogue", "keelson.dev/track": "canary" };
const storefront: CallPeer = { unit: "storefront", podLabels: { "app.kubernetes.io/name": "storefront" }, ports: { http: 8080 } };
const context = meshContext({ calls: { from: [storefront], to: [] } });
const render = (props: CanaryServiceProps) => renderUnit(CanaryService, props, context);

const everyGateway: Required<NonNullable<CanaryServiceProps["gateway"]>> = { host: "books.example", credentialName: "books-tls" };

/** What the service could say before it had a canary. */
const everyOfWebService: Required<Omit<WebServiceProps, "ingress" | "httpRoute">> = {
  ...everyPodProp,
  replicas: 3,
  autoscaling: { minReplicas: 3, maxReplicas: 9, cpu: 70 },
  disruptionBudget: DisruptionBudget.maxUnavailable(1),
  strategy: RolloutStrategy.rollingUpdate({ maxUnavailable: 1, maxSurge: 0 }),
  minReadySeconds: 10,
  progressDeadlineSeconds: 300,
  revisionHistoryLimit: 3,
  restartOnSecretChange: false,
  labels: { aisle: "7" },
  annotations: { owner: "catalogue-team" },
  port: 8081,
  metrics: {},
  smokeTest: {},
  egress: { payments: { to: NetworkPeer.ipBlock("10.20.0.5/32"), ports: [443] } },
  ingressFrom: { reports: { from: NetworkPeer.namespace("reports"), ports: ["admin"] } },
};

const every: Required<CanaryServiceProps> = {
  ...everyOfWebService,
  canaryWeight: 25,
  canaryReplicas: 2,
  gateway: everyGateway,
  followCallers: true,
  requestsPerMinute: 600,
};

describe("CanaryService", () => {
  test("minimal props give two Deployments behind one Service, and the routing of callers in the mesh", () => {
    const objects = render({ canaryWeight: 10 });
    expect(titles(objects)).toEqual([
      "ServiceAccount catalogue",
      "Deployment catalogue",
      "Deployment catalogue-canary",
      "Service catalogue",
      "NetworkPolicy catalogue",
      "VirtualService catalogue",
      "DestinationRule catalogue",
    ]);
    const [stableSpec, canarySpec] = ["Deployment catalogue", "Deployment catalogue-canary"].map((title) => find(objects, title).spec);
    expect(stableSpec).toEqual({ selector: { matchLabels: stable }, template: podOf(objects, "Deployment catalogue") });
    expect(canarySpec).toEqual({ selector: { matchLabels: canary }, template: podOf(objects, "Deployment catalogue-canary") });
    const { http } = find(objects, "VirtualService catalogue").spec as { http: object[] };
    expect(http).toEqual([
      {
        route: [
          { destination: expect.objectContaining({ subset: "stable", port: { number: 8080 } }) as object, weight: 90 },
          { destination: expect.objectContaining({ subset: "canary", port: { number: 8080 } }) as object, weight: 10 },
        ],
      },
    ]);
    expect(find(objects, "VirtualService catalogue").spec).toMatchObject({ gateways: ["mesh"] });
  });

  test("every prop reaches the manifests", () => {
    const objects = render(every);
    expect(titles(objects)).toEqual([
      "ServiceAccount catalogue",
      "ConfigMap catalogue-config",
      "ConfigMap catalogue-files",
      "Deployment catalogue",
      "HorizontalPodAutoscaler catalogue",
      "PodDisruptionBudget catalogue",
      "Deployment catalogue-canary",
      "Service catalogue",
      "NetworkPolicy catalogue",
      "ServiceMonitor catalogue",
      "ServiceAccount catalogue-smoke-test",
      "NetworkPolicy catalogue-smoke-test",
      "Job catalogue-smoke-test",
      "Gateway catalogue",
      "VirtualService catalogue",
      "DestinationRule catalogue",
      "EnvoyFilter catalogue",
    ]);
    expect(find(objects, "Deployment catalogue-canary").spec).toMatchObject({ replicas: 2, minReadySeconds: 10 });
    expect(find(objects, "Gateway catalogue").spec).toMatchObject({
      selector: { istio: "ingress" },
      servers: [{ hosts: ["./books.example"] }, { tls: { credentialName: "books-tls" } }],
    });
    expect(find(objects, "VirtualService catalogue").spec).toMatchObject({
      hosts: ["catalogue.bookshop-dev.svc.cluster.local", "books.example"],
      gateways: ["mesh", "catalogue"],
      http: [
        { match: [{ sourceLabels: { "app.kubernetes.io/name": "storefront", "keelson.dev/track": "canary" } }] },
        { route: [{ weight: 75 }, { weight: 25, destination: { port: { number: 8081 } } }] },
      ],
    });
    expect(JSON.stringify(find(objects, "EnvoyFilter catalogue"))).toContain('"max_tokens":600');
    expect(find(objects, "EnvoyFilter catalogue").spec).toMatchObject({
      workloadSelector: { labels: { "app.kubernetes.io/name": "catalogue" } },
    });
    expect(find(objects, "NetworkPolicy catalogue").spec).toMatchObject({
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "istio-ingress" } },
              podSelector: { matchLabels: { istio: "ingress" } },
            },
          ],
          ports: [{ port: 8081 }],
        },
        { from: expect.arrayContaining([{ podSelector: { matchLabels: storefront.podLabels } }]) as object },
        {},
        {},
      ],
    });
  });

  test("every prop makes a difference; an autoscaler replaces the number of stable replicas", () => {
    expectEveryPropToCount<CanaryServiceProps>(render, every, ["replicas"]);
  });

  test("a gateway opens the service's own host by plain HTTP unless it says otherwise", () => {
    expect(find(render({ canaryWeight: 0, gateway: {} }), "Gateway catalogue").spec).toEqual({
      selector: { istio: "ingress" },
      servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["./catalogue.dev.bookshop.example"] }],
    });
  });

  test("adding a canary leaves the Deployment, Service and account of the WebService as they are", () => {
    const before = renderUnit(WebService, everyOfWebService, context);
    const after = render(every);
    for (const title of ["Deployment catalogue", "Service catalogue", "ServiceAccount catalogue", "PodDisruptionBudget catalogue"]) {
      expect(find(after, title)).toEqual(find(before, title));
    }
  });

  test("no Pod of one track is selected by the other's Deployment or budget, and the Service selects both", () => {
    const objects = render(every);
    const labelsOf = (title: string) => podOf(objects, title).metadata?.labels ?? {};
    const selectorOf = (title: string) => (find(objects, title).spec as { selector: { matchLabels: Record<string, string> } }).selector;
    const pods = { stable: labelsOf("Deployment catalogue"), canary: labelsOf("Deployment catalogue-canary") };
    for (const title of ["Deployment catalogue", "PodDisruptionBudget catalogue"]) {
      expect([matchesLabels(selectorOf(title), pods.stable), matchesLabels(selectorOf(title), pods.canary)]).toEqual([true, false]);
    }
    const own = selectorOf("Deployment catalogue-canary");
    expect([matchesLabels(own, pods.stable), matchesLabels(own, pods.canary)]).toEqual([false, true]);
    const { selector } = find(objects, "Service catalogue").spec as { selector: Record<string, string> };
    for (const labels of Object.values(pods)) expect(matchesLabels({ matchLabels: selector }, labels)).toBe(true);
  });

  test("each subset of the routing selects the Pods of one Deployment", () => {
    const objects = render({ canaryWeight: 10 });
    const { subsets } = find(objects, "DestinationRule catalogue").spec as {
      subsets: { name: string; labels: Record<string, string> }[];
    };
    for (const [title, taken] of [
      ["Deployment catalogue", ["stable"]],
      ["Deployment catalogue-canary", ["canary"]],
    ] as const) {
      const labels = podOf(objects, title).metadata?.labels ?? {};
      expect(subsets.filter((subset) => matchesLabels({ matchLabels: subset.labels }, labels)).map(({ name }) => name)).toEqual(taken);
    }
  });

  test("the canary runs pins of its own in every container, the stable version and the smoke test the unit's", () => {
    const objects = render({ canaryWeight: 10, containers: { "log-shipper": {} }, smokeTest: {} });
    const imagesOf = (title: string) => podOf(objects, title).spec.containers.map(({ image }) => image);
    expect(imagesOf("Deployment catalogue")).toEqual([
      "registry.example/bookshop/catalogue:sha-1234567",
      "registry.example/bookshop/log-shipper:sha-1234567",
    ]);
    expect(imagesOf("Deployment catalogue-canary")).toEqual([
      "registry.example/bookshop/catalogue-canary:sha-1234567",
      "registry.example/bookshop/log-shipper-canary:sha-1234567",
    ]);
    expect(imagesOf("Job catalogue-smoke-test")).toEqual(["registry.example/bookshop/catalogue:sha-1234567"]);
  });

  test("the canary spreads among its own Pods", () => {
    const objects = render({ canaryWeight: 10, topologySpreadConstraints: [{ topologyKey: "kubernetes.io/hostname" }] });
    expect(podOf(objects, "Deployment catalogue-canary").spec).toMatchObject({
      topologySpreadConstraints: [{ labelSelector: { matchLabels: canary } }],
    });
  });

  test("says which ports others may call", () => {
    expect(CanaryService.servedPorts({ canaryWeight: 0, ports: { admin: 9091 } })).toEqual({ http: 8080, admin: 9091 });
  });

  test.each([
    [undefined, "none"],
    ["ambient", "ambient"],
  ] as const)("fails in the mesh %s, where no proxy shares the requests out", (mesh, got) => {
    expect(caught(() => renderUnit(CanaryService, { canaryWeight: 10 }, meshContext({ mesh })))).toBe(
      `a canary needs a mesh with sidecars, got mesh '${got}'\n` +
        'hint: say mesh: "sidecar" in the system and declare the mesh of the cluster, or make it a WebService',
    );
  });

  test("fails on a cluster without a mesh", () => {
    expect(caught(() => renderUnit(CanaryService, { canaryWeight: 10 }, bookshopContext({ mesh: "sidecar" })))).toBe(
      "a canary needs a mesh with sidecars, got mesh 'sidecar'\n" +
        'hint: say mesh: "sidecar" in the system and declare the mesh of the cluster, or make it a WebService',
    );
  });

  test("fails for a weight beyond 100", () => {
    expect(caught(() => render({ canaryWeight: 101 }))).toBe(
      "the canary weight of 'catalogue' cannot be used: got 101\nhint: use a whole number from 0 to 100",
    );
  });
});
