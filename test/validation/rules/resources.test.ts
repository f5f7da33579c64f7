import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { resources } from "../../../lib/validation/rules/resources.ts";
import { deployment, manifest, reported } from "../../support/manifests.ts";

const both = { cpu: "100m", memory: "128Mi" };
const sayIt = 'hint: say it under resources of the container: { requests: { cpu: "100m", memory: "128Mi" } }';

function asking(own: object, pod: object = {}): Manifest {
  return deployment({ containers: [{ resources: own }], ...pod });
}

function limitRange(limits: object, type = "Container"): Manifest {
  return manifest({ kind: "LimitRange", metadata: { name: "house-rules" }, spec: { limits: [{ type, ...limits }] } });
}

function quota(hard: object, spec: object = {}): Manifest {
  return manifest({ kind: "ResourceQuota", metadata: { name: "quota" }, spec: { hard, ...spec } });
}

function autoscaler(minReplicas: number): Manifest {
  const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "catalogue" };
  return manifest({ apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", spec: { scaleTargetRef, minReplicas } });
}

function missing(what: string, container = "catalogue"): string {
  return `Deployment bookshop-dev/catalogue does not say how much ${what} its container '${container}' requests\n${sayIt}`;
}

describe("resources", () => {
  test.each([
    ["what the container requests", [asking({ requests: both })]],
    ["its limits, which are requests too", [asking({ limits: both })]],
    ["the requests of the whole Pod", [asking({}, { resources: { requests: both } })]],
    ["the defaults of the namespace", [asking({}), limitRange({ defaultRequest: both })]],
    ["the default limits of the namespace", [asking({}), limitRange({ default: both })]],
    ["the least that the namespace lets in", [asking({}), limitRange({ min: both })]],
    ["the most that the namespace lets in", [asking({}), limitRange({ max: both })]],
  ])("passes: %s", (_title, manifests) => {
    expect(reported(resources, manifests)).toEqual([]);
  });

  test("reports each resource that a container does not request, init containers included", () => {
    expect(reported(resources, [asking({})])).toEqual([missing("cpu and memory")]);
    expect(reported(resources, [asking({ requests: { cpu: 1 } })])).toEqual([missing("memory")]);
    expect(reported(resources, [asking({ requests: both }, { initContainers: [{ name: "warm-up", image: "warm-up" }] })])).toEqual([
      missing("cpu and memory", "warm-up"),
    ]);
  });

  test("takes the defaults of containers only, and of their own namespace", () => {
    expect(reported(resources, [asking({}), limitRange({ default: both }, "Pod")])).toEqual([missing("cpu and memory")]);
    const elsewhere = manifest({
      kind: "LimitRange",
      metadata: { namespace: "bookshop-staging" },
      spec: { limits: [{ type: "Container", default: both }] },
    });
    expect(reported(resources, [asking({}), elsewhere])).toEqual([missing("cpu and memory")]);
  });

  test("joins several LimitRanges of a namespace", () => {
    const ranges = [limitRange({ defaultRequest: { cpu: "1" } }), limitRange({ defaultRequest: { memory: "1Gi" } })];
    expect(reported(resources, [asking({}), ...ranges])).toEqual([]);
  });

  test("says nothing of what is missing in a namespace that nobody declares", () => {
    expect(reported(resources, [deployment({}, { namespace: "library-dev" })])).toEqual([]);
  });

  test("reports a request above its limit, whatever the units", () => {
    expect(reported(resources, [asking({ requests: { ...both, cpu: "1500m" }, limits: { cpu: 1.5, memory: "0.125Gi" } })])).toEqual([]);
    expect(reported(resources, [asking({ requests: { cpu: "1501m", memory: "128Mi" }, limits: { cpu: 1.5, memory: "128M" } })])).toEqual([
      "Deployment bookshop-dev/catalogue requests more cpu for container 'catalogue' than its limit, got '1501m' and '1.5'\nhint: raise the limit, or lower the request",
      "Deployment bookshop-dev/catalogue requests more memory for container 'catalogue' than its limit, got '128Mi' and '128M'\nhint: raise the limit, or lower the request",
    ]);
  });

  test("reports a request above the limit that the namespace gives to who has none", () => {
    expect(reported(resources, [asking({ requests: both }), limitRange({ default: { memory: "64Mi" } })])).toEqual([
      "Deployment bookshop-dev/catalogue requests more memory for container 'catalogue' than the limit that LimitRange 'house-rules' gives it, got '128Mi' and '64Mi'\nhint: raise the limit, or lower the request",
    ]);
  });

  test("reports what a LimitRange does not let in", () => {
    const hint = "hint: stay between min and max of the LimitRange";
    expect(
      reported(resources, [
        asking({ requests: both, limits: { memory: "4Gi" } }),
        limitRange({ min: { cpu: "200m" }, max: { memory: "2Gi" } }),
      ]),
    ).toEqual([
      `Deployment bookshop-dev/catalogue requests less cpu for container 'catalogue' than LimitRange 'house-rules' lets in, got '100m' and '200m'\n${hint}`,
      `Deployment bookshop-dev/catalogue limits container 'catalogue' to more memory than LimitRange 'house-rules' lets in, got '4Gi' and '2Gi'\n${hint}`,
    ]);
    expect(reported(resources, [asking({ requests: both, limits: both }), limitRange({ min: both, max: both })])).toEqual([]);
  });

  test("reports Pods without the limit that a quota asks for", () => {
    const says =
      "Deployment bookshop-dev/catalogue does not limit the memory of its container 'catalogue', and ResourceQuota 'quota' refuses such Pods\nhint: say it under resources of the container: { limits: { memory: … } }, or take limits.memory out of the quota";
    const limited = quota({ "limits.memory": "4Gi", pods: "10" });
    expect(reported(resources, [asking({ requests: both }), limited])).toEqual([says]);
    expect(reported(resources, [asking({ requests: both, limits: { memory: "1Gi" } }), limited])).toEqual([]);
    expect(reported(resources, [asking({ requests: both }), limitRange({ default: { memory: "1Gi" } }), limited])).toEqual([]);
    expect(reported(resources, [asking({ requests: both }), quota({ "limits.memory": "4Gi" }, { scopes: ["BestEffort"] })])).toEqual([]);
  });

  test("reports a quota that the Pods of the namespace do not fit in together", () => {
    const [three, four] = [quota({ cpu: "300m" }), quota({ "requests.cpu": "0.4" })];
    const pods = [asking({ requests: both }), autoscaler(4)];
    expect(reported(resources, [...pods, four])).toEqual([]);
    expect(reported(resources, [...pods, three])).toEqual([
      "ResourceQuota bookshop-dev/quota has less cpu than the Pods of its namespace need together, got '300m' for '400m'\nhint: raise it under namespace.quota of the system, or run fewer or smaller Pods",
    ]);
    expect(reported(resources, [asking({ requests: both }), three])).toEqual([]);
  });

  test("counts what runs at the same time: init containers alone, sidecars beside the others", () => {
    const pod = (restartPolicy: string | undefined): Manifest =>
      asking({ requests: both }, { initContainers: [{ name: "warm-up", image: "warm-up", restartPolicy, resources: { requests: both } }] });
    expect(reported(resources, [pod(undefined), quota({ memory: "128Mi" })])).toEqual([]);
    expect(reported(resources, [pod("Always"), quota({ memory: "128Mi" })])).toEqual([
      "ResourceQuota bookshop-dev/quota has less memory than the Pods of its namespace need together, got '128Mi' for '256Mi'\nhint: raise it under namespace.quota of the system, or run fewer or smaller Pods",
    ]);
  });

  test("counts default requests and limits against a quota", () => {
    const defaults = limitRange({ default: { cpu: "2", memory: "1Gi" } });
    const spent = (key: string): string =>
      `ResourceQuota bookshop-dev/quota has less ${key} than the Pods of its namespace need together, got '1' for '2000m'\nhint: raise it under namespace.quota of the system, or run fewer or smaller Pods`;
    expect(reported(resources, [asking({}), defaults, quota({ "requests.cpu": 1 })])).toEqual([spent("requests.cpu")]);
    expect(reported(resources, [asking({}), defaults, quota({ "limits.cpu": 1 })])).toEqual([spent("limits.cpu")]);
  });

  test("takes what is no quantity for unknown", () => {
    expect(
      reported(resources, [
        asking({ requests: { cpu: "much", memory: ["1Gi"] }, limits: { cpu: "1", memory: "-1" } }),
        quota({ cpu: "none" }),
      ]),
    ).toEqual([]);
  });
});
