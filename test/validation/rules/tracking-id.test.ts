import { describe, expect, test } from "@jest/globals";
import { trackingId } from "../../../lib/validation/rules/tracking-id.ts";
import { manifest, type ObjectProps, reported } from "../../support/manifests.ts";

function found(fields: Omit<ObjectProps, "kind">, ...others: ObjectProps[]): string[] {
  return reported(trackingId, [manifest({ kind: "Service", ...fields }), ...others.map((other) => manifest(other))]);
}

const finding = (what: string): string[] => [
  `Service bookshop-dev/catalogue holds what is written on live objects only: ${what}\nhint: take it out of the file`,
];
const metadata = (fields: object): { readonly metadata: ObjectProps["metadata"] } => ({ metadata: fields });
const settings = (data: object): ObjectProps => ({ kind: "ConfigMap", metadata: { name: "argocd-cm", namespace: "argocd" }, data });

describe("tracking-id", () => {
  test("lets what people write pass", () => {
    const labels = { "app.kubernetes.io/instance": "catalogue" };
    const annotations = { "argocd.argoproj.io/sync-wave": "1", "keelson.dev/note": "ours" };
    expect(
      found({ ...metadata({ labels, annotations, finalizers: ["bookshop.example/hold"] }), spec: { status: "busy" }, status: {} }),
    ).toEqual([]);
    expect(found(metadata({ creationTimestamp: null }))).toEqual([]);
  });

  test.each([
    ["annotation 'argocd.argoproj.io/tracking-id'", metadata({ annotations: { "argocd.argoproj.io/tracking-id": "a:/Service:b/c" } })],
    ["annotation 'argocd.argoproj.io/installation-id'", metadata({ annotations: { "argocd.argoproj.io/installation-id": "central" } })],
    [
      "annotation 'kubectl.kubernetes.io/last-applied-configuration'",
      metadata({ annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}" } }),
    ],
    ["label 'argocd.argoproj.io/instance'", metadata({ labels: { "argocd.argoproj.io/instance": "bookshop-dev" } })],
    ["metadata.creationTimestamp", metadata({ creationTimestamp: "2026-01-01T00:00:00Z" })],
    ["metadata.deletionTimestamp", metadata({ deletionTimestamp: "2026-01-01T00:00:00Z" })],
    ["metadata.generation", metadata({ generation: 3 })],
    ["metadata.managedFields", metadata({ managedFields: [] })],
    ["metadata.ownerReferences", metadata({ ownerReferences: [{ kind: "Deployment" }] })],
    ["metadata.uid, metadata.resourceVersion", metadata({ uid: "3f", resourceVersion: "12" })],
    ["metadata.selfLink", metadata({ selfLink: "/api/v1/services/catalogue" })],
    ["status", { status: { loadBalancer: {} } }],
  ])("reports %s", (what, fields) => {
    expect(found(fields)).toEqual(finding(what));
  });

  test("reports the instance label where this Argo CD tracks by it", () => {
    const instance = metadata({ labels: { "app.kubernetes.io/instance": "bookshop-dev" } });
    const own = metadata({ labels: { "bookshop.example/app": "bookshop-dev" } });
    expect(found(instance, settings({ "application.resourceTrackingMethod": "label" }))).toEqual(
      finding("label 'app.kubernetes.io/instance'"),
    );
    expect(found(instance, settings({ "application.resourceTrackingMethod": "annotation+label" }))).toHaveLength(1);
    expect(found(instance, settings({ "application.resourceTrackingMethod": "annotation" }))).toEqual([]);
    expect(found(instance, settings({}))).toEqual([]);
    const keyed = settings({ "application.resourceTrackingMethod": "label", "application.instanceLabelKey": "bookshop.example/app" });
    expect(found(instance, keyed)).toEqual([]);
    expect(found(own, keyed)).toEqual(finding("label 'bookshop.example/app'"));
  });

  test("lets the idle status of a CustomResourceDefinition pass", () => {
    const definition = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", status: { conditions: [] } };
    expect(found({}, definition)).toEqual([]);
  });
});
