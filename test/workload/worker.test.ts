import { describe, expect, test } from "@jest/globals";
import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import { DisruptionBudget } from "../../lib/workload/disruption-budget.ts";
import { RolloutStrategy } from "../../lib/workload/rollout-strategy.ts";
import { Worker, type WorkerProps } from "../../lib/workload/worker.ts";
import { caught } from "../support/caught.ts";
import { everyPodObject, everyPodProp, everyPodTemplate } from "./every-pod-prop.ts";
import { expectEveryPropToCount, find, podOf, renderUnit, titles } from "./rendered-unit.ts";

const every: Required<WorkerProps> = {
  ...everyPodProp,
  replicas: 3,
  autoscaling: { minReplicas: 2, maxReplicas: 4, memory: 75 },
  disruptionBudget: DisruptionBudget.minAvailable("50%"),
  strategy: RolloutStrategy.recreate(),
  minReadySeconds: 10,
  progressDeadlineSeconds: 300,
  revisionHistoryLimit: 3,
  restartOnSecretChange: false,
  labels: { aisle: "7" },
  annotations: { owner: "catalogue-team" },
  egress: { queue: { to: NetworkPeer.pods({ labels: { app: "queue" }, namespace: "messaging" }), ports: [5672] } },
  ingressFrom: { reports: { from: NetworkPeer.namespace("reports"), ports: ["admin"] } },
};

describe("Worker", () => {
  test("minimal props give a Deployment without probes and ports, a ServiceAccount and a NetworkPolicy; no Service", () => {
    const objects = renderUnit(Worker, {});
    expect(titles(objects)).toEqual(["ServiceAccount catalogue", "Deployment catalogue", "NetworkPolicy catalogue"]);
    expect(podOf(objects, "Deployment catalogue").spec.containers).toEqual([
      {
        name: "catalogue",
        image: "registry.example/bookshop/catalogue:sha-1234567",
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, readOnlyRootFilesystem: true },
      },
    ]);
  });

  test("every prop reaches the manifests", () => {
    const objects = renderUnit(Worker, every);
    expect(titles(objects)).toEqual([
      "ServiceAccount catalogue",
      "ConfigMap catalogue-config",
      "ConfigMap catalogue-files",
      "Deployment catalogue",
      "HorizontalPodAutoscaler catalogue",
      "PodDisruptionBudget catalogue",
      "NetworkPolicy catalogue",
    ]);
    expect(find(objects, "ServiceAccount catalogue").metadata.annotations).toEqual(everyPodObject.serviceAccountAnnotations);
    expect(find(objects, "Deployment catalogue").spec).toEqual({
      selector: { matchLabels: { "app.kubernetes.io/name": "catalogue", "keelson.dev/track": "stable" } },
      strategy: { type: "Recreate" },
      minReadySeconds: 10,
      progressDeadlineSeconds: 300,
      revisionHistoryLimit: 3,
      template: everyPodTemplate({
        ports: [
          { name: "grpc", containerPort: 9090 },
          { name: "admin", containerPort: 9091 },
        ],
      }),
    });
    expect(find(objects, "PodDisruptionBudget catalogue").spec).toMatchObject({ minAvailable: "50%" });
    expect(find(objects, "NetworkPolicy catalogue").spec).toMatchObject({
      ingress: [{ ports: [{ port: 9091 }] }],
      egress: [{ ports: [{ port: 5672 }] }],
    });
  });

  test("every prop makes a difference; an autoscaler replaces the number of replicas", () => {
    expectEveryPropToCount<WorkerProps>((props) => renderUnit(Worker, props), every, ["replicas"]);
  });

  test("serves no port that a call could reach", () => {
    expect("servedPorts" in Worker).toBe(false);
  });

  test("fails for a caller on a port that it has not", () => {
    const ingressFrom = { reports: { from: NetworkPeer.namespace("reports"), ports: ["admin"] } };
    expect(caught(() => renderUnit(Worker, { ingressFrom }))).toBe(
      "'catalogue' is to be reached on port 'admin', which it does not serve\nhint: its ports are: none",
    );
  });
});
