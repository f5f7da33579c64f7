import { describe, expect, test } from "@jest/globals";
import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import { Tls } from "../../lib/traffic/tls.ts";
import type { AutoscalingProps } from "../../lib/workload/autoscaling.ts";
import { DisruptionBudget } from "../../lib/workload/disruption-budget.ts";
import { Probe } from "../../lib/workload/probe.ts";
import { RolloutStrategy } from "../../lib/workload/rollout-strategy.ts";
import { WebService, webServiceContainer, type WebServiceProps } from "../../lib/workload/web-service.ts";
import { caught } from "../support/caught.ts";
import { bookshopContext } from "../support/unit-context.ts";
import { everyPodObject, everyPodProp, everyPodTemplate } from "./every-pod-prop.ts";
import { expectEveryPropToCount, find, podOf, renderUnit, titles } from "./rendered-unit.ts";

const labels = bookshopContext().labels;
const selector = { "app.kubernetes.io/name": "catalogue", "keelson.dev/track": "stable" };

const everyAutoscaling: Required<AutoscalingProps> = {
  minReplicas: 3,
  maxReplicas: 9,
  cpu: 70,
  memory: 80,
  behavior: { scaleDown: { stabilizationWindowSeconds: 600, policies: [{ type: "Pods", value: 1, periodSeconds: 60 }] } },
};

const every: Required<WebServiceProps> = {
  ...everyPodProp,
  replicas: 3,
  autoscaling: everyAutoscaling,
  disruptionBudget: DisruptionBudget.maxUnavailable(1),
  strategy: RolloutStrategy.rollingUpdate({ maxUnavailable: 0, maxSurge: "50%" }),
  minReadySeconds: 10,
  progressDeadlineSeconds: 300,
  revisionHistoryLimit: 3,
  restartOnSecretChange: false,
  labels: { aisle: "7" },
  annotations: { owner: "catalogue-team" },
  port: 8081,
  ingress: { host: "books.example", paths: ["/books"], tls: Tls.secret("books-tls"), annotations: { timeout: "60" } },
  httpRoute: {
    parentRefs: [{ name: "public", namespace: "gateways", sectionName: "https" }],
    hostnames: ["books.example"],
    paths: ["/books", "/authors"],
  },
  metrics: { port: "admin", path: "/stats", interval: "30s" },
  smokeTest: { command: ["/app/smoke"] },
  egress: { payments: { to: NetworkPeer.ipBlock("10.20.0.0/16", ["10.20.1.0/24"]), ports: [443] } },
  ingressFrom: { reports: { from: NetworkPeer.namespace("reports"), ports: ["admin"] } },
};

describe("WebService", () => {
  test("minimal props give a Deployment, Service, ServiceAccount and NetworkPolicy", () => {
    const objects = renderUnit(WebService, {});
    expect(objects).toEqual([
      {
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: { name: "catalogue", namespace: "bookshop-dev", labels },
        automountServiceAccountToken: false,
      },
      {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "catalogue", namespace: "bookshop-dev", labels },
        spec: {
          selector: { matchLabels: selector },
          template: {
            metadata: { labels: { ...selector, "app.kubernetes.io/part-of": "bookshop" } },
            spec: {
              serviceAccountName: "catalogue",
              securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
              containers: [
                {
                  name: "catalogue",
                  image: "registry.example/bookshop/catalogue:sha-1234567",
                  ports: [{ name: "http", containerPort: 8080 }],
                  livenessProbe: { httpGet: { path: "/healthz", port: "http" } },
                  readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
                  securityContext: {
                    allowPrivilegeEscalation: false,
                    capabilities: { drop: ["ALL"] },
                    readOnlyRootFilesystem: true,
                  },
                },
              ],
            },
          },
        },
      },
      {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "catalogue", namespace: "bookshop-dev", labels },
        spec: { selector: { "app.kubernetes.io/name": "catalogue" }, ports: [{ name: "http", port: 8080, targetPort: "http" }] },
      },
      {
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: { name: "catalogue", namespace: "bookshop-dev", labels },
        spec: { podSelector: { matchLabels: { "app.kubernetes.io/name": "catalogue" } }, policyTypes: ["Ingress", "Egress"] },
      },
    ]);
  });

  test("every prop reaches the manifests", () => {
    const objects = renderUnit(WebService, every);
    expect(titles(objects)).toEqual([
      "ServiceAccount catalogue",
      "ConfigMap catalogue-config",
      "ConfigMap catalogue-files",
      "Deployment catalogue",
      "HorizontalPodAutoscaler catalogue",
      "PodDisruptionBudget catalogue",
      "Service catalogue",
      "Ingress catalogue",
      "HTTPRoute catalogue",
      "NetworkPolicy catalogue",
      "ServiceMonitor catalogue",
      "ServiceAccount catalogue-smoke-test",
      "NetworkPolicy catalogue-smoke-test",
      "Job catalogue-smoke-test",
    ]);
    expect(find(objects, "ServiceAccount catalogue")).toMatchObject({
      metadata: { annotations: everyPodObject.serviceAccountAnnotations },
      automountServiceAccountToken: everyPodObject.serviceAccountToken,
    });
    expect(find(objects, "ConfigMap catalogue-config").data).toEqual(everyPodObject.variables);
    expect(find(objects, "ConfigMap catalogue-files").data).toEqual(everyPodObject.files);
    const deployment = find(objects, "Deployment catalogue");
    expect(deployment.metadata).toEqual({
      name: "catalogue",
      namespace: "bookshop-dev",
      labels: { ...labels, aisle: "7" },
      annotations: { owner: "catalogue-team" },
    });
    expect(deployment.spec).toEqual({
      selector: { matchLabels: selector },
      strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: "50%" } },
      minReadySeconds: 10,
      progressDeadlineSeconds: 300,
      revisionHistoryLimit: 3,
      template: everyPodTemplate({
        ports: [
          { name: "http", containerPort: 8081 },
          { name: "grpc", containerPort: 9090 },
          { name: "admin", containerPort: 9091 },
        ],
      }),
    });
    const utilization = (name: string, averageUtilization: number) => ({
      type: "Resource",
      resource: { name, target: { type: "Utilization", averageUtilization } },
    });
    expect(find(objects, "HorizontalPodAutoscaler catalogue").spec).toEqual({
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "catalogue" },
      minReplicas: 3,
      maxReplicas: 9,
      metrics: [utilization("cpu", 70), utilization("memory", 80)],
      behavior: everyAutoscaling.behavior,
    });
    expect(find(objects, "PodDisruptionBudget catalogue").spec).toEqual({ maxUnavailable: 1, selector: { matchLabels: selector } });
    expect(find(objects, "Service catalogue").spec).toEqual({
      selector: { "app.kubernetes.io/name": "catalogue" },
      ports: [
        { name: "http", port: 8081, targetPort: "http" },
        { name: "grpc", port: 9090, targetPort: "grpc" },
        { name: "admin", port: 9091, targetPort: "admin" },
      ],
    });
    expect(find(objects, "Ingress catalogue")).toMatchObject({
      metadata: { annotations: { timeout: "60" } },
      spec: { ingressClassName: "nginx", tls: [{ hosts: ["books.example"], secretName: "books-tls" }] },
    });
    expect(find(objects, "HTTPRoute catalogue")).toMatchObject({
      spec: { parentRefs: [{ name: "public", namespace: "gateways", sectionName: "https" }], hostnames: ["books.example"] },
    });
    expect(find(objects, "ServiceMonitor catalogue").spec).toEqual({
      selector: { matchLabels: { "app.kubernetes.io/name": "catalogue" } },
      endpoints: [{ port: "admin", path: "/stats", interval: "30s" }],
    });
    expect(podOf(objects, "Job catalogue-smoke-test").spec.containers[0]).toMatchObject({ command: ["/app/smoke"] });
  });

  test("every prop makes a difference; an autoscaler replaces the number of replicas", () => {
    expectEveryPropToCount<WebServiceProps>((props) => renderUnit(WebService, props), every, ["replicas"]);
  });

  test.each([undefined, 1, 3])("has no replicas beside an autoscaler, and those of its author without one: %p", (replicas) => {
    const scaled = renderUnit(WebService, { autoscaling: { minReplicas: 1, maxReplicas: 2, cpu: 70 }, ...(replicas && { replicas }) });
    expect(find(scaled, "Deployment catalogue").spec).not.toHaveProperty("replicas");
    const fixed = find(renderUnit(WebService, replicas === undefined ? {} : { replicas }), "Deployment catalogue").spec;
    expect((fixed as { replicas?: number }).replicas).toBe(replicas);
  });

  test("says which ports others may call: its own and 8080 by default", () => {
    expect(WebService.servedPorts({})).toEqual({ http: 8080 });
    expect(WebService.servedPorts({ port: 80, ports: { admin: 9091 } })).toEqual({ http: 80, admin: 9091 });
  });

  test("takes its own probes, and none where its author says so", () => {
    const objects = renderUnit(WebService, { livenessProbe: Probe.none(), readinessProbe: Probe.tcpSocket() });
    const [container] = podOf(objects, "Deployment catalogue").spec.containers;
    expect(container).not.toHaveProperty("livenessProbe");
    expect(container).toMatchObject({ readinessProbe: { tcpSocket: { port: "http" } } });
  });

  test("an undefined prop means the default", () => {
    const given = { livenessProbe: undefined, readinessProbe: undefined, port: undefined, config: undefined, serviceAccount: undefined };
    expect(webServiceContainer(given)).toMatchObject({
      livenessProbe: Probe.httpGet("/healthz"),
      readinessProbe: Probe.httpGet("/readyz"),
    });
    expect(renderUnit(WebService, given)).toEqual(renderUnit(WebService, {}));
  });

  test("fails for a disruption budget that lets no node drain", () => {
    expect(caught(() => renderUnit(WebService, { replicas: 2, disruptionBudget: DisruptionBudget.minAvailable(2) }))).toBe(
      "the disruption budget minAvailable '2' of 'catalogue' lets no node drain while there are 2 replicas\n" +
        "hint: allow one disruption at least, or run more replicas",
    );
  });
});
