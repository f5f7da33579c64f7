import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { autoscalerTarget } from "../../../lib/validation/rules/autoscaler-target.ts";
import { resources } from "../../../lib/validation/rules/resources.ts";
import { deployment, manifest, platform, reported } from "../../support/manifests.ts";

const name = "HorizontalPodAutoscaler bookshop-dev/catalogue";
/** A namespace that is not rendered: the rule of resources says nothing of it. */
const elsewhere = { namespace: "bookshop-lab" };
const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "catalogue" };
const requests = { resources: { requests: { cpu: "100m", memory: "64Mi" } } };
const target = deployment({ containers: [requests] });
const measured = "hint: say resources.requests.cpu of every container that is measured";

function autoscaler(spec: object = {}, metadata: object = {}, apiVersion = "autoscaling/v2"): Manifest {
  return manifest({ apiVersion, kind: "HorizontalPodAutoscaler", metadata, spec: { scaleTargetRef, maxReplicas: 3, ...spec } });
}

function resource(type: string): object {
  return { type: "Resource", resource: { name: "cpu", target: { type } } };
}

function containerResource(container: string): object {
  return { type: "ContainerResource", containerResource: { name: "cpu", container, target: { type: "Utilization" } } };
}

function without(missing: string, namespace = "bookshop-lab"): string {
  return `HorizontalPodAutoscaler ${namespace}/catalogue measures cpu against requests, but Deployment ${namespace}/catalogue has none for ${missing}\n${measured}`;
}

describe("autoscaler-target", () => {
  test.each([
    ["by its percentage of requests", { metrics: [resource("Utilization")] }],
    ["by what the API server fills in", {}],
    ["by one container", { metrics: [containerResource("catalogue")] }],
  ])("lets an autoscaler pass that scales a Deployment beside it %s", (_title, spec) => {
    expect(reported(autoscalerTarget, [target, autoscaler(spec)])).toEqual([]);
  });

  test("lets a StatefulSet pass, and a custom resource that is rendered", () => {
    const rollout = { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name: "catalogue" };
    const statefulSet = { ...scaleTargetRef, kind: "StatefulSet" };
    const template = { spec: { containers: [{ name: "catalogue", ...requests }] } };
    expect(
      reported(autoscalerTarget, [
        autoscaler({ scaleTargetRef: rollout }),
        manifest({ apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", spec: { template } }),
        autoscaler({ scaleTargetRef: statefulSet }, { name: "stock" }),
        manifest({ apiVersion: "apps/v1", kind: "StatefulSet", spec: { template } }),
      ]),
    ).toEqual([]);
  });

  test("reports a target that nothing makes, with the nearest", () => {
    const scaled = autoscaler({ scaleTargetRef: { ...scaleTargetRef, name: "catalog" } });
    const says = `${name} scales Deployment 'catalog', which nothing makes in 'bookshop-dev'\nhint: render it beside the autoscaler`;
    expect(reported(autoscalerTarget, [scaled])).toEqual([says]);
    expect(reported(autoscalerTarget, [target, scaled])).toEqual([`${says}, or mend the name; the nearest there: 'catalogue'`]);
  });

  test("says nothing of targets that others may make: in undeclared namespaces, and beside custom resources that make workloads", () => {
    expect(reported(autoscalerTarget, [autoscaler({}, { namespace: "argocd" })])).toEqual([]);
    expect(reported(autoscalerTarget, [autoscaler(), manifest({ apiVersion: "postgresql.cnpg.io/v1", kind: "Cluster" })])).toEqual([]);
  });

  test.each([
    [
      { apiVersion: "apps/v1", kind: "DaemonSet" },
      "DaemonSet 'catalogue' of apiVersion 'apps/v1'",
      "an autoscaler is for a Deployment or a StatefulSet",
    ],
    [
      { apiVersion: "batch/v1", kind: "Job" },
      "Job 'catalogue' of apiVersion 'batch/v1'",
      "an autoscaler is for a Deployment or a StatefulSet",
    ],
    [
      { apiVersion: "extensions/v1beta1", kind: "Deployment" },
      "Deployment 'catalogue' of apiVersion 'extensions/v1beta1'",
      "write apiVersion: apps/v1",
    ],
  ])("reports a target of a kind that cannot be scaled: %j", (kind, says, hint) => {
    expect(reported(autoscalerTarget, [target, autoscaler({ scaleTargetRef: { ...scaleTargetRef, ...kind } })])).toEqual([
      `${name} scales ${says}, which cannot be scaled\nhint: ${hint}`,
    ]);
  });

  test.each(["v1", undefined])("leaves a target without a group to the rule of formats: %s", (apiVersion) => {
    expect(reported(autoscalerTarget, [autoscaler({ scaleTargetRef: { ...scaleTargetRef, apiVersion } })])).toEqual([]);
  });

  test("compares a ReplicationController, which has no group", () => {
    const controller = { apiVersion: "v1", kind: "ReplicationController", name: "catalogue" };
    expect(reported(autoscalerTarget, [manifest({ kind: "ReplicationController" }), autoscaler({ scaleTargetRef: controller })])).toEqual(
      [],
    );
    expect(reported(autoscalerTarget, [autoscaler({ scaleTargetRef: controller })])).toEqual([
      `${name} scales ReplicationController 'catalogue', which nothing makes in 'bookshop-dev'\nhint: render it beside the autoscaler`,
    ]);
  });

  test("reports the second autoscaler of one target", () => {
    expect(reported(autoscalerTarget, [target, autoscaler(), autoscaler({}, { name: "by-memory" })])).toEqual([
      "HorizontalPodAutoscaler bookshop-dev/by-memory scales Deployment 'catalogue', as HorizontalPodAutoscaler bookshop-dev/catalogue does\nhint: put the metrics of both into one autoscaler: it takes the highest answer",
    ]);
  });

  test("reports a resource that no request is said of, named or filled in by the API server", () => {
    for (const scaled of [
      autoscaler({ metrics: [resource("Utilization")] }, elsewhere),
      autoscaler({}, elsewhere),
      autoscaler({}, elsewhere, "autoscaling/v1"),
    ]) {
      expect(reported(autoscalerTarget, [deployment({}, elsewhere), scaled])).toEqual([without("container 'catalogue'")]);
    }
  });

  test("leaves a container without the request to the rule of resources, in namespaces that it judges", () => {
    const byContainer = autoscaler({ metrics: [containerResource("catalogue")] });
    for (const scaled of [autoscaler(), byContainer]) {
      expect(reported(autoscalerTarget, [deployment(), scaled])).toEqual([]);
      expect(reported(resources, [deployment(), scaled])).toHaveLength(1);
    }
    // what is asked for the Pod is enough for the scheduler, not for a metric of one container
    expect(reported(autoscalerTarget, [deployment(requests), byContainer])).toEqual([without("container 'catalogue'", "bookshop-dev")]);
    const disk = { type: "Resource", resource: { name: "ephemeral-storage", target: { type: "Utilization" } } };
    expect(reported(autoscalerTarget, [deployment(), autoscaler({ metrics: [disk] })])).toHaveLength(1);
  });

  test("reports every container that runs beside the others, and no init container that ends", () => {
    const containers = [{}, { name: "proxy" }, { name: "sized", ...requests }];
    const initContainers = [{ name: "migrate" }, { name: "logs", restartPolicy: "Always" }];
    expect(reported(autoscalerTarget, [deployment({ containers, initContainers }, elsewhere), autoscaler({}, elsewhere)])).toEqual([
      without("container 'catalogue', container 'proxy', container 'logs'"),
    ]);
  });

  test("reports the one container that is measured, where it requests nothing or is not there", () => {
    const pods = deployment({ containers: [{}, { name: "sized", ...requests }] }, elsewhere);
    const says = (container: string): string[] =>
      reported(autoscalerTarget, [pods, autoscaler({ metrics: [containerResource(container)] }, elsewhere)]);
    expect(says("sized")).toEqual([]);
    expect(says("catalogue")).toEqual([without("container 'catalogue'")]);
    expect(says("size")).toEqual([without("container 'size'")]);
    const declared = deployment({ containers: [requests] });
    expect(reported(autoscalerTarget, [declared, autoscaler({ metrics: [containerResource("size")] })])).toEqual([
      without("container 'size'", "bookshop-dev"),
    ]);
  });

  test.each([
    ["what is used is measured as it is", [deployment({}, elsewhere), autoscaler({ metrics: [resource("AverageValue")] }, elsewhere)]],
    ["the metric is no resource", [deployment({}, elsewhere), autoscaler({ metrics: [{ type: "Pods", pods: {} }] }, elsewhere)]],
    [
      "a limit stands in for it",
      [deployment({ containers: [{ resources: { limits: { cpu: "1" } } }] }, elsewhere), autoscaler({}, elsewhere)],
    ],
    ["the Pod as a whole says it", [deployment(requests, elsewhere), autoscaler({}, elsewhere)]],
    [
      "the namespace has a default",
      [
        deployment({}, elsewhere),
        autoscaler({}, elsewhere),
        manifest({ kind: "LimitRange", metadata: elsewhere, spec: { limits: [{ type: "Container", defaultRequest: { cpu: "50m" } }] } }),
      ],
    ],
  ])("asks for no request where %s", (_title, manifests) => {
    expect(reported(autoscalerTarget, manifests)).toEqual([]);
  });

  test("does not trip over a spec that is none", () => {
    const broken = manifest(
      {
        apiVersion: "autoscaling/v2",
        kind: "HorizontalPodAutoscaler",
        spec: { scaleTargetRef: { apiVersion: 1, kind: 2, name: 3 }, metrics: "y" },
      },
      platform,
    );
    expect(reported(autoscalerTarget, [broken])).toEqual([]);
  });
});
