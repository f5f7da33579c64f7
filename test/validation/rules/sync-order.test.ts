import { describe, expect, test } from "@jest/globals";
import type { Manifest, ObjectMetadata } from "../../../lib/manifest/manifest.ts";
import { syncOrder } from "../../../lib/validation/rules/sync-order.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { application, repositoryUrl } from "../../support/delivery.ts";
import { checkout, deployment, manifest, type ObjectProps, reported, unitOf } from "../../support/manifests.ts";

const world = bookshopWorld();

function wave(value: number, hook?: string): Partial<ObjectMetadata> {
  const annotations = { "argocd.argoproj.io/sync-wave": String(value), ...(hook !== undefined && { "argocd.argoproj.io/hook": hook }) };
  return { annotations };
}

/** With an object of the Application before everything else, so that the Namespace of the fixture is in time. */
function found(...manifests: readonly Manifest[]): string[] {
  return reported(syncOrder, [application(), ...manifests], world).filter((text) => !text.includes("before Namespace"));
}

const pods = (spec: Parameters<typeof deployment>[0], metadata: Partial<ObjectMetadata> = wave(0)): Manifest => deployment(spec, metadata);
const object = (kind: string, fields: Omit<ObjectProps, "kind"> = {}, metadata: Partial<ObjectMetadata> = wave(1)): Manifest =>
  manifest({ kind, ...fields, metadata: { name: "needed", ...metadata } });
const externalSecret = (metadata?: Partial<ObjectMetadata>, target: object = { name: "keys" }): Manifest =>
  object("ExternalSecret", { apiVersion: "external-secrets.io/v1", spec: { target } }, metadata);

const readsSecret = { containers: [{ envFrom: [{ secretRef: { name: "keys" } }] }] };
const late = (need: string): string[] => [
  `Deployment bookshop-dev/catalogue is applied in wave 0, before ${need} in wave 1, which it needs\nhint: put what it needs into the same wave or an earlier one`,
];

describe("sync-order, what Pods need", () => {
  const needs: [string, Parameters<typeof deployment>[0], Manifest][] = [
    ["ExternalSecret bookshop-dev/needed", readsSecret, externalSecret()],
    [
      "Secret bookshop-dev/needed",
      { containers: [{ env: [{ valueFrom: { secretKeyRef: { name: "needed", key: "a" } } }] }] },
      object("Secret"),
    ],
    ["ConfigMap bookshop-dev/needed", { volumes: [{ name: "files", configMap: { name: "needed" } }] }, object("ConfigMap")],
    ["ServiceAccount bookshop-dev/needed", { serviceAccountName: "needed" }, object("ServiceAccount")],
    [
      "PersistentVolumeClaim bookshop-dev/needed",
      { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "needed" } }] },
      object("PersistentVolumeClaim"),
    ],
  ];

  test.each(needs)("reports %s in a later wave, and lets the same wave pass", (name, spec, need) => {
    expect(found(pods(spec), need)).toEqual(late(name));
    expect(found(pods(spec, wave(1)), need)).toEqual([]);
    expect(found(pods(spec, wave(2)), need)).toEqual([]);
  });

  test("takes what has no wave, or one that is no number, for wave 0", () => {
    expect(found(pods(readsSecret, {}), externalSecret())).toEqual(late("ExternalSecret bookshop-dev/needed"));
    expect(found(pods(readsSecret, { annotations: { "argocd.argoproj.io/sync-wave": "first" } }), externalSecret({}))).toEqual([]);
    expect(found(pods(readsSecret, wave(-1)), externalSecret({}))).toHaveLength(1);
  });

  test("names a need once, however many keys are read", () => {
    const env = ["a", "b"].map((key) => ({ valueFrom: { secretKeyRef: { name: "keys", key } } }));
    expect(found(pods({ containers: [{ env }] }), externalSecret())).toHaveLength(1);
  });

  test("knows the order of phases", () => {
    expect(found(pods(readsSecret, wave(-5, "PostSync")), externalSecret())).toEqual([]);
    expect(found(pods(readsSecret, wave(0, "Sync")), externalSecret())).toHaveLength(1);
    expect(found(pods(readsSecret, wave(0)), externalSecret(wave(0, "PostSync")))).toEqual([
      late("ExternalSecret bookshop-dev/needed")[0]?.replace("in wave 1", "in wave 0 of PostSync"),
    ]);
    // for presync-needs to say
    expect(found(pods(readsSecret, wave(0, "PreSync")), externalSecret())).toEqual([]);
    expect(found(pods(readsSecret, wave(0, "SyncFail")), externalSecret())).toEqual([]);
    expect(found(pods(readsSecret), externalSecret(wave(0, "Skip")))).toEqual([]);
  });

  test("lets what a Pod can do without pass, and a CronJob", () => {
    expect(found(pods({ containers: [{ envFrom: [{ secretRef: { name: "keys", optional: true } }] }] }), externalSecret())).toEqual([]);
    const jobTemplate = { spec: { template: { spec: { serviceAccountName: "needed", containers: [] } } } };
    expect(found(manifest({ apiVersion: "batch/v1", kind: "CronJob", spec: { jobTemplate } }), object("ServiceAccount"))).toEqual([]);
  });

  test("minds the first of several makers, and leaves what another Application makes alone", () => {
    const merging = {
      ...externalSecret(),
      document: { ...externalSecret().document, spec: { target: { name: "keys", creationPolicy: "Merge" } } },
    };
    expect(found(pods(readsSecret), externalSecret(wave(0)), merging)).toEqual([]);
    const sealed = object("SealedSecret", { apiVersion: "bitnami.com/v1alpha1" }, { name: "keys", ...wave(1) });
    expect(found(pods(readsSecret), sealed)).toEqual(late("SealedSecret bookshop-dev/keys"));
    expect(found(pods(readsSecret), sealed, externalSecret(wave(0)))).toEqual([]);
    const apps = ["catalogue", "checkout"].map((unit) =>
      application({ source: { repoURL: repositoryUrl, path: `dist/dev/dev-eu/bookshop/${unit}` } }, { name: unit }),
    );
    const elsewhere = { ...externalSecret(), owner: checkout };
    expect(reported(syncOrder, [...apps, pods(readsSecret), elsewhere], world)).toEqual([]);
    expect(reported(syncOrder, [pods(readsSecret), externalSecret()])).toEqual([]);
  });
});

describe("sync-order, Namespaces and kinds", () => {
  const namespace = (metadata: Partial<ObjectMetadata>): Manifest =>
    manifest({ kind: "Namespace", metadata: { name: "bookshop-jobs", namespace: undefined, ...metadata } });
  const inside = (name: string, metadata: Partial<ObjectMetadata>): Manifest =>
    manifest({ kind: "ConfigMap", metadata: { name, namespace: "bookshop-jobs", ...metadata } });
  const definition = (metadata: Partial<ObjectMetadata>): Manifest =>
    manifest({
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "shelves.bookshop.example", namespace: undefined, ...metadata },
      spec: { group: "bookshop.example", names: { kind: "Shelf" } },
    });
  const shelf = (metadata: Partial<ObjectMetadata>): Manifest => manifest({ apiVersion: "bookshop.example/v1", kind: "Shelf", metadata });
  const all = (...manifests: Manifest[]): string[] => reported(syncOrder, [application(), ...manifests], world);
  const hint = "hint: put what it needs into the same wave or an earlier one";

  test("reports one object that lies in a Namespace of a later wave", () => {
    expect(all(namespace(wave(-1)), inside("a", wave(0)), inside("b", wave(-1)))).toEqual([]);
    expect(all(namespace(wave(0)), inside("a", wave(1)), inside("b", wave(-2)), inside("c", wave(-1)))).toEqual([
      `ConfigMap bookshop-jobs/b is applied in wave -2, before Namespace bookshop-jobs in wave 0, which it needs\n${hint}`,
    ]);
    expect(all(namespace(wave(-1)), inside("a", wave(0, "PreSync")))).toEqual([
      `ConfigMap bookshop-jobs/a is applied in wave 0 of PreSync, before Namespace bookshop-jobs in wave -1, which it needs\n${hint}`,
    ]);
    expect(all(namespace(wave(1)), inside("a", wave(0, "PostDelete")))).toEqual([]);
  });

  test("leaves a Namespace of another Application alone", () => {
    const apps = ["catalogue", "checkout"].map((unit) =>
      application({ source: { repoURL: repositoryUrl, path: `dist/dev/dev-eu/bookshop/${unit}` } }, { name: unit }),
    );
    expect(reported(syncOrder, [...apps, namespace(wave(1)), { ...inside("a", wave(0)), owner: checkout }], world)).toEqual([]);
  });

  test("reports a custom resource before the definition of its kind", () => {
    expect(all(definition(wave(0)), shelf(wave(0)))).toEqual([]);
    expect(all(definition(wave(1)), shelf(wave(0)))).toEqual([
      `Shelf bookshop-dev/catalogue is applied in wave 0, before CustomResourceDefinition shelves.bookshop.example in wave 1, which it needs\n${hint}`,
    ]);
    // of another cluster, and what nobody delivers
    const elsewhere = { ...shelf(wave(0)), owner: unitOf("checkout", { cluster: "us" }) };
    expect(reported(syncOrder, [application(), definition(wave(1)), elsewhere], world)).toEqual([]);
    expect(reported(syncOrder, [definition(wave(1)), shelf(wave(0))], world)).toEqual([]);
    expect(all({ ...definition(wave(1)), document: { ...definition(wave(1)).document, spec: undefined } }, shelf(wave(0)))).toEqual([]);
  });
});
