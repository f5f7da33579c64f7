import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { apiLifecycles } from "../../../lib/manifest/api-lifecycles.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { apiVersion } from "../../../lib/validation/rules/api-version.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { manifest, reported } from "../../support/manifests.ts";

function written(api: string, kind: string): Manifest {
  return manifest({ apiVersion: api, kind });
}

function says(api: string, kind: string, kubernetes?: string): string[] {
  return reported(
    apiVersion,
    [written(api, kind)],
    bookshopWorld({ cluster: { versions: kubernetes === undefined ? {} : { kubernetes } } }),
  );
}

function severityOf(api: string, kind: string): unknown {
  const [finding] = apiVersion.check(new RepositoryFacts([written(api, kind)]));
  return (finding as { severity?: string } | undefined)?.severity ?? apiVersion.severity;
}

describe("api-version", () => {
  test.each([
    ["apps/v1", "Deployment"],
    ["policy/v1", "PodDisruptionBudget"],
    ["autoscaling/v2", "HorizontalPodAutoscaler"],
    ["autoscaling/v1", "HorizontalPodAutoscaler"],
    ["admissionregistration.k8s.io/v1", "MutatingAdmissionPolicy"],
    ["policy/v1beta1", "Almanac"],
    ["books.example/v1beta1", "Deployment"],
  ])("lets %s %s pass", (api, kind) => {
    expect(reported(apiVersion, [written(api, kind)])).toEqual([]);
    expect(says(api, kind, "1.36.3")).toEqual([]);
  });

  test("reports what is served no more, with its successor", () => {
    expect(says("policy/v1beta1", "PodDisruptionBudget", "1.25.0")).toEqual([
      "PodDisruptionBudget bookshop-dev/catalogue is written as policy/v1beta1, which Kubernetes serves no more since 1.25, got '1.25.0'\nhint: write it as policy/v1",
    ]);
    expect(says("extensions/v1beta1", "Ingress", "1.36.3")).toEqual([
      "Ingress bookshop-dev/catalogue is written as extensions/v1beta1, which Kubernetes serves no more since 1.22, got '1.36.3'\nhint: write it as networking.k8s.io/v1",
    ]);
    expect(says("policy/v1beta1", "PodSecurityPolicy", "1.36.3")).toEqual([
      "PodSecurityPolicy bookshop-dev/catalogue is written as policy/v1beta1, which Kubernetes serves no more since 1.25, got '1.36.3'\nhint: take it out, or say under versions of the cluster what runs there",
    ]);
  });

  test("warns of what is deprecated", () => {
    expect(says("policy/v1beta1", "PodDisruptionBudget", "1.24.9")).toEqual([
      "PodDisruptionBudget bookshop-dev/catalogue is written as policy/v1beta1, which is deprecated since Kubernetes 1.21 and gone with 1.25, got '1.24.9'\nhint: write it as policy/v1",
    ]);
    expect(says("v1", "Endpoints", "1.36.3")).toEqual([
      "Endpoints bookshop-dev/catalogue is written as v1, which is deprecated since Kubernetes 1.33, got '1.36.3'\nhint: write it as discovery.k8s.io/v1",
    ]);
    expect(severityOf("v1", "Endpoints")).toBe("warning");
    expect(severityOf("policy/v1beta1", "PodDisruptionBudget")).toBe("error");
    expect(says("policy/v1beta1", "PodDisruptionBudget", "1.20.15")).toEqual([]);
  });

  test("reports what the cluster is too old for, which its definition or the cluster can change", () => {
    expect(says("autoscaling/v2", "HorizontalPodAutoscaler", "1.22.17")).toEqual([
      "HorizontalPodAutoscaler bookshop-dev/catalogue is written as autoscaling/v2, which Kubernetes serves since 1.23, got '1.22.17'\nhint: bring the cluster to Kubernetes 1.23, or mend versions in its definition",
    ]);
    expect(says("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", "1.25.0")).toEqual([
      "ValidatingAdmissionPolicy bookshop-dev/catalogue is written as admissionregistration.k8s.io/v1, which Kubernetes serves since 1.30, got '1.25.0'\nhint: bring the cluster to Kubernetes 1.30, or mend versions in its definition",
    ]);
  });

  test("reports what the release of plain manifests is too old for, with what it serves instead", () => {
    const written122 = new RepositoryFacts([written("autoscaling/v2", "HorizontalPodAutoscaler")], undefined, "1.22");
    expect(apiVersion.check(written122).map(({ hint }) => hint)).toEqual(["write it as autoscaling/v2beta2"]);
  });

  test("names a successor only where the cluster serves it", () => {
    expect(says("flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema", "1.26.0")).toEqual([
      "FlowSchema bookshop-dev/catalogue is written as flowcontrol.apiserver.k8s.io/v1beta1, which Kubernetes serves no more since 1.26, got '1.26.0'\nhint: write it as flowcontrol.apiserver.k8s.io/v1beta3",
    ]);
  });

  test("warns of what is served only where a cluster switches it on", () => {
    expect(says("admissionregistration.k8s.io/v1beta1", "MutatingAdmissionPolicy", "1.36.3")).toEqual([
      "MutatingAdmissionPolicy bookshop-dev/catalogue is written as admissionregistration.k8s.io/v1beta1, which an API server serves only when it is told to\nhint: write it as admissionregistration.k8s.io/v1",
    ]);
    expect(severityOf("admissionregistration.k8s.io/v1beta1", "MutatingAdmissionPolicy")).toBe("warning");
    expect(says("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", "1.28.0")).toEqual([]);
    expect(says("batch/v1beta1", "CronJob", "1.20.0")).toEqual([]);
  });

  test("judges by the newest release without definitions, and says nothing of a cluster that names none", () => {
    expect(reported(apiVersion, [written("batch/v1beta1", "CronJob")])).toEqual([
      "CronJob bookshop-dev/catalogue is written as batch/v1beta1, which Kubernetes serves no more since 1.25, got '1.36'\nhint: write it as batch/v1",
    ]);
    expect(says("batch/v1beta1", "CronJob")).toEqual([]);
  });

  test("knows each API version of a kind once, and ends none before it began", () => {
    const keys = apiLifecycles().flatMap(({ api, kinds }) => kinds.map((kind) => `${api} ${kind}`));
    expect(new Set(keys).size).toBe(keys.length);
    const minor = (release: string): number => Number(release.slice(2));
    const upsideDown = apiLifecycles().filter(
      ({ since, deprecated = "1.99", removed = "1.99" }) => !(minor(since) <= minor(deprecated) && minor(deprecated) <= minor(removed)),
    );
    expect(upsideDown).toEqual([]);
  });
});
