import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { autoscaledReplicas } from "../../../lib/validation/rules/autoscaled-replicas.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { application } from "../../support/delivery.ts";
import { manifest, reported } from "../../support/manifests.ts";

const target = { apiVersion: "apps/v1", kind: "Deployment", name: "catalogue" };
const autoscaler = (scaleTargetRef: object = target): Manifest =>
  manifest({ apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", spec: { scaleTargetRef, maxReplicas: 4 } });
const workload = (spec: object | undefined, kind = "Deployment"): Manifest => manifest({ apiVersion: "apps/v1", kind, spec });
const finding = (kind = "Deployment"): string =>
  `${kind} bookshop-dev/catalogue says replicas: 2, but HorizontalPodAutoscaler bookshop-dev/catalogue scales it\nhint: leave replicas out: minReplicas of the autoscaler is what it starts with`;

describe("autoscaled-replicas", () => {
  test("lets a workload without replicas pass, and one that nothing scales", () => {
    expect(reported(autoscaledReplicas, [workload({}), autoscaler()])).toEqual([]);
    expect(reported(autoscaledReplicas, [workload({ replicas: 2 }), autoscaler({ ...target, name: "checkout" })])).toEqual([]);
    expect(reported(autoscaledReplicas, [workload({ replicas: 2 }), autoscaler({ ...target, kind: "StatefulSet" })])).toEqual([]);
  });

  test("survives a target and a workload that say nothing", () => {
    expect(
      reported(autoscaledReplicas, [workload(undefined), autoscaler(), autoscaler({ kind: 3 }), manifest({ kind: "Service" })]),
    ).toEqual([]);
  });

  test("reports replicas of what an autoscaler scales", () => {
    expect(reported(autoscaledReplicas, [workload({ replicas: 2 }), autoscaler()])).toEqual([finding()]);
    const set = [workload({ replicas: 2 }, "StatefulSet"), autoscaler({ ...target, kind: "StatefulSet" })];
    expect(reported(autoscaledReplicas, set)).toEqual([finding("StatefulSet")]);
  });

  test.each([
    [{ group: "apps", kind: "Deployment", jsonPointers: ["/spec/replicas"] }, []],
    [{ group: "*", kind: "*", jqPathExpressions: [".spec.replicas"] }, []],
    [{ group: "apps", kind: "Deployment", jsonPointers: ["/spec/template"] }, [finding()]],
    [{ group: "apps", kind: "StatefulSet", jsonPointers: ["/spec/replicas"] }, [finding()]],
    [{ kind: "Deployment", jsonPointers: ["/spec/replicas"] }, [finding()]],
  ])("minds what the Application ignores: %j", (entry, found) => {
    const manifests = [application({ ignoreDifferences: [entry] }), workload({ replicas: 2 }), autoscaler()];
    expect(reported(autoscaledReplicas, manifests, bookshopWorld())).toEqual(found);
  });
});
