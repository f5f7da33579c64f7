import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { singleReplica } from "../../../lib/validation/rules/single-replica.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { deployment, manifest, reported, unitOf } from "../../support/manifests.ts";

const owner = unitOf("catalogue", { environment: "production", cluster: "production-eu" });
const advice = 'or more, or waive("single-replica", …) with the reason';
const selector = { "app.kubernetes.io/name": "catalogue" };
const service = manifest({ kind: "Service", spec: { selector } }, owner);

function workload(replicas?: number, kind = "Deployment", where = owner, name = "catalogue"): Manifest {
  const { document } = deployment();
  return manifest({ apiVersion: "apps/v1", kind, metadata: { name }, spec: { ...(document.spec as object), replicas } }, where);
}

function autoscaler(minReplicas?: number): Manifest {
  const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "catalogue" };
  return manifest({ apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", spec: { scaleTargetRef, minReplicas } }, owner);
}

describe("single-replica", () => {
  test("lets two replicas pass, and one that answers nobody", () => {
    expect(reported(singleReplica, [workload(2), service], bookshopWorld())).toEqual([]);
    expect(reported(singleReplica, [workload(1), autoscaler(2), service], bookshopWorld())).toEqual([]);
    expect(reported(singleReplica, [workload(1)], bookshopWorld())).toEqual([]);
    expect(reported(singleReplica, [workload(0), service], bookshopWorld())).toEqual([]);
  });

  test("lets one replica pass beside others behind the same Service", () => {
    expect(reported(singleReplica, [workload(3), workload(1, "Deployment", owner, "catalogue-canary"), service], bookshopWorld())).toEqual(
      [],
    );
  });

  test("reports one replica behind a Service", () => {
    const says = `Deployment bookshop-dev/catalogue runs 1 Pod in production, and Service 'catalogue' has no other Pod\nhint: say replicas: 2 ${advice}`;
    expect(reported(singleReplica, [workload(), service], bookshopWorld())).toEqual([says]);
    expect(reported(singleReplica, [workload(), workload(0, "Deployment", owner, "retired"), service], bookshopWorld())).toEqual([says]);
  });

  test("reports an autoscaler that may go down to one", () => {
    expect(reported(singleReplica, [workload(), autoscaler(), service], bookshopWorld())).toEqual([
      `Deployment bookshop-dev/catalogue runs 1 Pod in production at least, as HorizontalPodAutoscaler 'catalogue' says, and Service 'catalogue' has no other Pod\nhint: say autoscaling: { minReplicas: 2, … } ${advice}`,
    ]);
  });

  test("reports a StatefulSet with one replica, Service or not", () => {
    expect(reported(singleReplica, [workload(1, "StatefulSet")], bookshopWorld())).toEqual([
      `StatefulSet bookshop-dev/catalogue runs 1 Pod in production\nhint: say replicas: 2 ${advice}`,
    ]);
  });

  test("says nothing outside of production, or where nobody says what production is", () => {
    const where = unitOf("catalogue", { environment: "staging" });
    expect(reported(singleReplica, [workload(1, "StatefulSet", where)], bookshopWorld())).toEqual([]);
    expect(reported(singleReplica, [workload(1, "StatefulSet")])).toEqual([]);
  });
});
