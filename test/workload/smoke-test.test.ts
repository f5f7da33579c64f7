import { describe, expect, test } from "@jest/globals";
import { matchesLabels } from "../../lib/manifest/label-selector.ts";
import { EnvSource, EnvVar } from "../../lib/workload/env-var.ts";
import { Probe } from "../../lib/workload/probe.ts";
import { SecurityExemption } from "../../lib/workload/security-exemption.ts";
import { type InheritedProps, SmokeTest, smokeTestName, type SmokeTestProps } from "../../lib/workload/smoke-test.ts";
import { Volume } from "../../lib/workload/volume.ts";
import { WebService } from "../../lib/workload/web-service.ts";
import { renderConstruct } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";
import { expectEveryPropToCount, find, podOf, renderUnit, titles } from "./rendered-unit.ts";

const job = "Job catalogue-smoke-test";

function render(own: SmokeTestProps, pod: InheritedProps = {}) {
  const ports = { http: 8080, web: 8080, admin: 9091 };
  return renderConstruct((scope) => new SmokeTest(scope, "test", { context: bookshopContext(), service: "catalogue", own, pod, ports }));
}

const every: Required<SmokeTestProps> = {
  command: ["/app/smoke"],
  args: ["--quick"],
  env: { TARGET: "http://catalogue:8080", TOKEN: EnvVar.secretKey("smoke", "token") },
  envFrom: [EnvSource.configMap("regions")],
  ports: { probe: 9999 },
  resources: { requests: { cpu: "10m" } },
  livenessProbe: Probe.tcpSocket(),
  readinessProbe: Probe.tcpSocket(),
  startupProbe: Probe.tcpSocket(),
  preStop: ["/bin/true"],
  volumes: { tmp: Volume.emptyDir() },
  volumeMounts: { "/tmp": "tmp" },
  workingDir: "/app",
  mainImage: false,
  activeDeadlineSeconds: 30,
  backoffLimit: 2,
  imagePullSecrets: ["registry-access"],
  runAsUser: 1000,
  runAsGroup: 2000,
  fsGroup: 3000,
  securityExemption: SecurityExemption.because("writes its report beside itself", { container: { readOnlyRootFilesystem: false } }),
  nodeSelector: { "kubernetes.io/arch": "arm64" },
  nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: { matchFields: [] } }] },
  tolerations: [{ key: "dedicated", operator: "Exists" }],
};

describe("SmokeTest", () => {
  test("minimal props give a PostSync hook that runs the service's image once, for two minutes at most", () => {
    const objects = render({});
    expect(titles(objects)).toEqual(["ServiceAccount catalogue-smoke-test", "NetworkPolicy catalogue-smoke-test", job]);
    expect(find(objects, job).metadata.annotations).toEqual({
      "argocd.argoproj.io/hook": "PostSync",
      "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation",
    });
    expect(find(objects, job).spec).toEqual({ backoffLimit: 0, activeDeadlineSeconds: 120, template: podOf(objects, job) });
    expect(podOf(objects, job)).toEqual({
      metadata: {
        labels: {
          "app.kubernetes.io/name": "catalogue-smoke-test",
          "app.kubernetes.io/part-of": "bookshop",
          "keelson.dev/track": "stable",
        },
      },
      spec: {
        serviceAccountName: "catalogue-smoke-test",
        restartPolicy: "Never",
        securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
        containers: [
          {
            name: "catalogue-smoke-test",
            image: "registry.example/bookshop/catalogue:sha-1234567",
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, readOnlyRootFilesystem: true },
          },
        ],
      },
    });
  });

  test("may reach the service on each of its ports, and nobody else", () => {
    expect(find(render({}), "NetworkPolicy catalogue-smoke-test").spec).toEqual({
      podSelector: { matchLabels: { "app.kubernetes.io/name": "catalogue-smoke-test" } },
      egress: [
        {
          to: [{ podSelector: { matchLabels: { "app.kubernetes.io/name": "catalogue" } } }],
          ports: [{ port: 8080 }, { port: 9091 }],
        },
      ],
    });
  });

  test("every prop reaches the manifests", () => {
    const objects = render(every);
    expect(find(objects, job).spec).toMatchObject({ backoffLimit: 2, activeDeadlineSeconds: 30 });
    expect(podOf(objects, job).spec).toMatchObject({
      imagePullSecrets: [{ name: "registry-access" }],
      nodeSelector: { "kubernetes.io/arch": "arm64" },
      affinity: { nodeAffinity: every.nodeAffinity },
      tolerations: every.tolerations,
      securityContext: { runAsUser: 1000, runAsGroup: 2000, fsGroup: 3000 },
      volumes: [{ name: "tmp", emptyDir: {} }],
      containers: [
        {
          image: "registry.example/bookshop/smoke-test:sha-1234567",
          command: ["/app/smoke"],
          args: ["--quick"],
          env: [
            { name: "TARGET", value: "http://catalogue:8080" },
            { name: "TOKEN", valueFrom: { secretKeyRef: { name: "smoke", key: "token" } } },
          ],
          volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
          workingDir: "/app",
          securityContext: { readOnlyRootFilesystem: false },
        },
      ],
    });
  });

  test("every prop makes a difference", () => {
    expectEveryPropToCount<SmokeTestProps>((props) => render(props), every);
  });

  test("takes over from its service where the image comes from, where it runs and as whom, unless it says otherwise", () => {
    const { imagePullSecrets, runAsUser, runAsGroup, fsGroup, securityExemption, nodeSelector, nodeAffinity, tolerations } = every;
    const pod: Required<InheritedProps> = {
      imagePullSecrets,
      runAsUser,
      runAsGroup,
      fsGroup,
      securityExemption,
      nodeSelector,
      nodeAffinity,
      tolerations,
    };
    expect(render({}, pod)).toEqual(render(pod));
    expect(podOf(render({ runAsUser: 7 }, pod), job).spec).toMatchObject({ securityContext: { runAsUser: 7, runAsGroup: 2000 } });
  });

  test("runs on any node where it says so with an empty map", () => {
    const { nodeSelector, nodeAffinity, tolerations } = every;
    const anywhere = { nodeSelector: {}, nodeAffinity: {}, tolerations: [] };
    expect(render(anywhere, { nodeSelector, nodeAffinity, tolerations })).toEqual(render({}));
  });

  test("takes nothing else over", () => {
    const objects = renderUnit(WebService, {
      smokeTest: {},
      command: ["/app/catalogue"],
      env: { GREETING: "welcome" },
      podLabels: { shelf: "front" },
      runAsUser: 1000,
      volumes: { tmp: Volume.emptyDir() },
      containers: { "log-shipper": {} },
    });
    expect(podOf(objects, job)).toEqual(podOf(render({ runAsUser: 1000 }), job));
  });

  test("its Pods are no Pods of the service", () => {
    const objects = renderUnit(WebService, { smokeTest: {} });
    const labels = podOf(objects, job).metadata?.labels ?? {};
    const { selector } = find(objects, "Service catalogue").spec as { selector: Record<string, string> };
    const { podSelector } = find(objects, "NetworkPolicy catalogue").spec as { podSelector: object };
    expect([matchesLabels({ matchLabels: selector }, labels), matchesLabels(podSelector, labels)]).toEqual([false, false]);
  });

  test("is let in by its service", () => {
    expect(find(renderUnit(WebService, { smokeTest: {} }), "NetworkPolicy catalogue").spec).toMatchObject({
      ingress: [{ from: [{ podSelector: { matchLabels: { "app.kubernetes.io/name": smokeTestName("catalogue") } } }] }],
    });
  });
});
