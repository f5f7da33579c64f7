import { describe, expect, test } from "@jest/globals";
import type { Owner } from "../../lib/manifest/manifest.ts";
import { clusterOf, placeIn, placeOf, RepositoryFacts } from "../../lib/manifest/repository-facts.ts";
import { bookshopNamespace, catalogue, checkout, deployment, manifest, platform, unitOf } from "../support/manifests.ts";

const expanded: Owner = { scope: "expanded", controlPlane: "main", applicationSet: "bookshop", environment: "dev" };
const application = { apiVersion: "argoproj.io/v1alpha1", kind: "Application" };
const service = manifest({ kind: "Service" });
const staging = manifest({ kind: "Service", metadata: { namespace: "bookshop-staging" } });
const place = placeOf(service);

describe("RepositoryFacts", () => {
  test("knows objects by kind, version aside", () => {
    const old = manifest({ apiVersion: "autoscaling/v1", kind: "HorizontalPodAutoscaler" });
    const now = manifest({ apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler" }, checkout);
    const facts = new RepositoryFacts([service, old, now]);
    expect(facts.ofKind("autoscaling/HorizontalPodAutoscaler")).toEqual([old, now]);
    expect(facts.ofKind("HorizontalPodAutoscaler")).toEqual([]);
    expect([...facts.kinds]).toEqual([
      ["Service", [service]],
      ["autoscaling/HorizontalPodAutoscaler", [old, now]],
    ]);
  });

  test("finds an object by place, kind and name", () => {
    const facts = new RepositoryFacts([service, staging]);
    expect(facts.find(place, "Service", "catalogue")).toBe(service);
    expect(facts.find(placeOf(staging), "Service", "catalogue")).toBe(staging);
    expect(facts.find(place, "Service", "checkout")).toBeUndefined();
    expect(facts.find(place, "ConfigMap", "catalogue")).toBeUndefined();
    expect(facts.find(placeIn(unitOf("catalogue", { cluster: "dev-us" }), "bookshop-dev"), "Service", "catalogue")).toBeUndefined();
  });

  test("finds the first of two, and tells that there are two", () => {
    const second = manifest({ kind: "Service" }, checkout);
    const third = manifest({ kind: "Service" }, platform);
    const facts = new RepositoryFacts([service, second, third]);
    expect(facts.find(place, "Service", "catalogue")).toBe(service);
    expect(facts.duplicates).toEqual([
      { first: service, second },
      { first: service, second: third },
    ]);
    expect(new RepositoryFacts([service, staging]).duplicates).toEqual([]);
  });

  test.each([
    ["before", true],
    ["after", false],
  ])("finds no Application that an ApplicationSet will make, but one made %s it", (_title, first) => {
    const made = manifest(application, expanded);
    const own = manifest(application, { scope: "control-plane", controlPlane: "main" });
    expect(new RepositoryFacts([made]).find(placeOf(made), "argoproj.io/Application", "catalogue")).toBeUndefined();
    const facts = new RepositoryFacts(first ? [own, made] : [made, own]);
    expect(facts.find(placeOf(made), "argoproj.io/Application", "catalogue")).toBe(own);
    expect(facts.duplicates).toHaveLength(1);
  });

  test("lists the names of a kind in one place", () => {
    const facts = new RepositoryFacts([service, staging, manifest({ kind: "Service", metadata: { name: "stock" } })]);
    expect([...facts.namesIn(place, "Service")]).toEqual(["catalogue", "stock"]);
    expect([...facts.namesIn(place, "ConfigMap")]).toEqual([]);
  });

  test("knows the places whose Namespace is rendered, on their cluster alone", () => {
    const facts = new RepositoryFacts([bookshopNamespace, service, staging]);
    expect(facts.declares(place)).toBe(true);
    expect(facts.declares(placeOf(staging))).toBe(false);
    expect(facts.declares(placeIn(unitOf("catalogue", { cluster: "dev-us" }), "bookshop-dev"))).toBe(false);
    expect(facts.declares(placeIn(catalogue, undefined))).toBe(false);
  });

  test("knows workloads, what their Pods read, and who is selected by labels", () => {
    const reading = deployment({ containers: [{ envFrom: [{ secretRef: { name: "db-credentials" } }] }] });
    const facts = new RepositoryFacts([reading, deployment({}, { namespace: "bookshop-staging" }), service]);
    expect(facts.workloadsIn(place)).toMatchObject([{ manifest: reading, place, reads: [{ kind: "Secret", name: "db-credentials" }] }]);
    expect(facts.workloads).toHaveLength(2);
    const matchLabels = { "app.kubernetes.io/name": "catalogue" };
    expect(facts.pods.select(place, { matchLabels }).map((found) => found.manifest)).toEqual([reading]);
  });

  test("selects Services by their own labels", () => {
    const labelled = manifest({ kind: "Service", metadata: { labels: { tier: "web" } } });
    const facts = new RepositoryFacts([labelled, manifest({ kind: "Service", metadata: { name: "stock" } })]);
    expect(facts.services.select(place, { matchLabels: { tier: "web" } })).toEqual([labelled]);
    expect(facts.services.labelsIn(place)).toEqual([{ tier: "web" }, {}]);
  });
});

describe("a place", () => {
  test("is the same for the same cluster and namespace, whoever owns the object", () => {
    expect(placeIn(catalogue, "bookshop-dev")).toBe(placeIn(platform, "bookshop-dev"));
    expect(placeIn(catalogue, undefined)).toBe(placeIn(platform, undefined));
  });

  test("differs by cluster, namespace, and for control planes", () => {
    const controlPlane: Owner = { scope: "control-plane", controlPlane: "dev-eu" };
    const places = [catalogue, unitOf("catalogue", { cluster: "dev-us" }), controlPlane].flatMap((owner) => [
      placeIn(owner, "argocd"),
      placeIn(owner, undefined),
    ]);
    expect(new Set(places).size).toBe(6);
    expect(clusterOf(controlPlane)).toBe("control plane dev-eu");
    expect(clusterOf(catalogue)).toBe("dev-eu");
  });
});
