import { describe, expect, test } from "@jest/globals";
import type { Manifest, Owner } from "../../../lib/manifest/manifest.ts";
import { uniqueObjects } from "../../../lib/validation/rules/unique-objects.ts";
import { catalogue, checkout, deployment, manifest, platform, reported, unitOf } from "../../support/manifests.ts";

const application = { apiVersion: "argoproj.io/v1alpha1", kind: "Application", metadata: { name: "bookshop-dev", namespace: "argocd" } };
const expanded: Owner = { scope: "expanded", controlPlane: "main", applicationSet: "bookshop", environment: "dev" };
const delivery: Owner = { scope: "delivery", controlPlane: "main", group: "dev", environment: "dev" };
const hint = "hint: take one of the two out, or give it another name";

describe("unique-objects", () => {
  test("lets objects pass that differ in name, kind, group, namespace or cluster", () => {
    const gateway = { kind: "Gateway", apiVersion: "networking.istio.io/v1" };
    expect(
      reported(uniqueObjects, [
        deployment(),
        deployment({}, { name: "checkout" }),
        manifest({ kind: "Service" }),
        manifest(gateway),
        manifest({ ...gateway, apiVersion: "gateway.networking.k8s.io/v1" }),
        manifest({ kind: "Service", metadata: { namespace: "bookshop-staging" } }),
        manifest({ kind: "Service" }, unitOf("catalogue", { cluster: "dev-us" })),
        manifest(application, { ...expanded, controlPlane: "other" }),
        manifest(application, delivery),
      ]),
    ).toEqual([]);
  });

  test("reports an object that two units make", () => {
    expect(reported(uniqueObjects, [manifest({ kind: "Service" }, catalogue), manifest({ kind: "Service" }, checkout)])).toEqual([
      `Service bookshop-dev/catalogue is made twice, by 'bookshop/catalogue' in 'dev' and by 'bookshop/checkout' in 'dev'\n${hint}`,
    ]);
  });

  test("reports an object that one unit makes twice, in two versions of its API", () => {
    const autoscaler = { kind: "HorizontalPodAutoscaler", apiVersion: "autoscaling/v2" };
    expect(reported(uniqueObjects, [manifest(autoscaler), manifest({ ...autoscaler, apiVersion: "autoscaling/v1" })])).toEqual([
      `HorizontalPodAutoscaler bookshop-dev/catalogue is made twice, both times by 'bookshop/catalogue' in 'dev'\n${hint}`,
    ]);
  });

  test("reports an object of the cluster that a system and the platform make", () => {
    const role = { kind: "ClusterRole", apiVersion: "rbac.authorization.k8s.io/v1", metadata: { namespace: undefined } };
    expect(reported(uniqueObjects, [manifest(role), manifest(role, platform)])).toEqual([
      `ClusterRole catalogue is made twice, by 'bookshop/catalogue' in 'dev' and by 'platform/secret-stores' on cluster 'dev-eu'\n${hint}`,
    ]);
  });

  test.each([
    [
      "before",
      [manifest(application, expanded), manifest(application, delivery)],
      ["ApplicationSet 'bookshop' in 'dev'", "the delivery of 'dev' by control plane 'main'"],
    ],
    [
      "after",
      [manifest(application, delivery), manifest(application, expanded)],
      ["the delivery of 'dev' by control plane 'main'", "ApplicationSet 'bookshop' in 'dev'"],
    ],
  ])("reports an Application that an ApplicationSet makes %s somebody else", (_title, manifests, [first, second]) => {
    expect(reported(uniqueObjects, manifests)).toEqual([
      `Application argocd/bookshop-dev is made twice, by ${first!} and by ${second!}\n${hint}`,
    ]);
  });

  test("reports the third against the first", () => {
    const service = manifest({ kind: "Service" });
    expect(reported(uniqueObjects, [service, service, service])).toHaveLength(2);
  });

  test("reports a Secret that two objects make, and none that one of them only adds to", () => {
    const external = (name: string, target: object): Manifest =>
      manifest({ apiVersion: "external-secrets.io/v1", kind: "ExternalSecret", metadata: { name }, spec: { target } });
    const one = external("login", { name: "database" });
    const sealed = manifest({ apiVersion: "bitnami.com/v1alpha1", kind: "SealedSecret", metadata: { name: "database" }, spec: {} });
    expect(reported(uniqueObjects, [one, external("more", { name: "database", creationPolicy: "Merge" })])).toEqual([]);
    expect(reported(uniqueObjects, [sealed, one])).toEqual([
      "ExternalSecret bookshop-dev/login makes Secret 'database', as SealedSecret bookshop-dev/database does\nhint: take one of the two out, or let it make a Secret of another name",
    ]);
    const shared = (name: string): Manifest =>
      manifest({
        apiVersion: "networking.k8s.io/v1",
        kind: "Ingress",
        metadata: { name, annotations: { "cert-manager.io/issuer": "letsencrypt" } },
        spec: { tls: [{ secretName: "bookshop-tls" }] },
      });
    expect(reported(uniqueObjects, [shared("catalogue"), shared("checkout")])).toEqual([]);
  });
});
