import { describe, expect, test } from "@jest/globals";
import { requireQuantity, type Resources, toKubernetesResources, toQuantities } from "../../lib/workload/resources.ts";
import { Worker } from "../../lib/workload/worker.ts";
import { caught } from "../support/caught.ts";
import { podOf, renderUnit } from "./rendered-unit.ts";

const resourcesOf = (resources: Resources) =>
  (podOf(renderUnit(Worker, { resources }), "Deployment catalogue").spec.containers[0] as { resources?: object }).resources;

describe("toKubernetesResources", () => {
  test("every prop reaches the manifest", () => {
    const every: Required<Resources> = { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "1.5Gi", "nvidia.com/gpu": "1" } };
    expect(resourcesOf(every)).toEqual(every);
  });

  test("says nothing of what is left out", () => {
    expect(resourcesOf({ limits: { memory: "1Gi" } })).toEqual({ limits: { memory: "1Gi" } });
    expect(toKubernetesResources(undefined)).toBeUndefined();
    expect(toQuantities(undefined)).toBeUndefined();
    for (const nothing of [{}, { requests: {} }, { limits: {}, requests: {} }]) expect(resourcesOf(nothing)).toBeUndefined();
  });

  test("fails for what is no quantity, and names the resource", () => {
    expect(caught(() => resourcesOf({ requests: { memory: "128 MB" } }))).toBe(
      "'128 MB' is not a quantity of 'memory'\nhint: write a number and a unit, for example '100m' or '128Mi'",
    );
  });
});

describe("requireQuantity", () => {
  test.each(["0", "1", "0.5", "100m", "2k", "1M", "1G", "128Ki", "128Mi", "1.5Gi", "1Ti", "2Pi", "1e3"])("takes '%s'", (quantity) => {
    expect(requireQuantity("memory", quantity)).toBe(quantity);
  });

  test.each(["", "-1", "1,5Gi", "128MB", "128 Mi", "Mi", "1K", "1mi", "½"])("fails for '%s'", (quantity) => {
    expect(caught(() => requireQuantity("memory", quantity))).toBe(
      `'${quantity}' is not a quantity of 'memory'\nhint: write a number and a unit, for example '100m' or '128Mi'`,
    );
  });
});
