import { describe, expect, test } from "@jest/globals";
import { containersOf, podTemplateOf, portsOf, type PodSpecDocument } from "../../lib/manifest/pod-spec.ts";
import { manifest } from "../support/manifests.ts";

const pod: PodSpecDocument = {
  containers: [
    { name: "catalogue", image: "c", ports: [{ name: "http", containerPort: 8080 }] },
    { name: "covers", image: "c" },
  ],
  initContainers: [
    { name: "proxy", image: "p", restartPolicy: "Always", ports: [{ containerPort: 9901 }] },
    { name: "migrate", image: "m", ports: [{ containerPort: 7070 }] },
  ],
};
const template = { metadata: { labels: { tier: "web" } }, spec: pod };

describe("podTemplateOf", () => {
  test.each([
    ["apps/v1", "Deployment"],
    ["apps/v1", "StatefulSet"],
    ["apps/v1", "DaemonSet"],
    ["apps/v1", "ReplicaSet"],
    ["batch/v1", "Job"],
  ])("of %s %s is its template", (apiVersion, kind) => {
    expect(podTemplateOf(manifest({ apiVersion, kind, spec: { template } }).document)).toBe(template);
    expect(podTemplateOf(manifest({ apiVersion, kind }).document)).toBeUndefined();
  });

  test("of a CronJob is its Job's", () => {
    expect(podTemplateOf(manifest({ kind: "CronJob", spec: { jobTemplate: { spec: { template } } } }).document)).toBe(template);
    expect(podTemplateOf(manifest({ kind: "CronJob" }).document)).toBeUndefined();
  });

  test("of a Pod is the Pod itself, of anything else nothing", () => {
    const labels = { tier: "web" };
    expect(podTemplateOf(manifest({ kind: "Pod", metadata: { labels }, spec: pod }).document)).toMatchObject(template);
    expect(podTemplateOf(manifest({ kind: "Service", spec: { template } }).document)).toBeUndefined();
  });
});

test("containersOf counts init containers", () => {
  expect(containersOf(pod).map(({ name }) => name)).toEqual(["catalogue", "covers", "proxy", "migrate"]);
  expect(containersOf({ containers: [] })).toEqual([]);
});

test("portsOf counts what runs beside the containers, not what ends before", () => {
  expect(portsOf(pod)).toEqual([{ name: "http", containerPort: 8080 }, { containerPort: 9901 }]);
  expect(portsOf({ containers: [] })).toEqual([]);
});
