import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { presyncNeeds } from "../../../lib/validation/rules/presync-needs.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { application } from "../../support/delivery.ts";
import { manifest, reported } from "../../support/manifests.ts";

const annotations = (hook: string, wave = "0"): { readonly annotations: Readonly<Record<string, string>> } => ({
  annotations: { "argocd.argoproj.io/hook": hook, "argocd.argoproj.io/sync-wave": wave },
});
const spec = {
  template: {
    spec: { serviceAccountName: "migration", containers: [{ name: "migrate", image: "x", envFrom: [{ secretRef: { name: "db" } }] }] },
  },
};
const job = (hook: string): Manifest =>
  manifest({ apiVersion: "batch/v1", kind: "Job", metadata: { name: "migration", ...annotations(hook) }, spec });
const account = (metadata = {}): Manifest => manifest({ kind: "ServiceAccount", metadata: { name: "migration", ...metadata } });
const secret = manifest({
  apiVersion: "external-secrets.io/v1",
  kind: "ExternalSecret",
  metadata: { name: "db", ...{ annotations: { "argocd.argoproj.io/sync-wave": "-1" } } },
  spec: {},
});

const found = (...manifests: Manifest[]): string[] => reported(presyncNeeds, [application(), ...manifests], bookshopWorld());
const finding = (need: string): string =>
  `Job bookshop-dev/migration runs before the sync (PreSync), but needs ${need}\nhint: make it a Sync hook in a wave after what it needs, and before what needs it`;

describe("presync-needs", () => {
  test("reports what the same sync makes, of whatever wave", () => {
    expect(found(job("PreSync"), account(), secret)).toEqual([
      finding("ExternalSecret bookshop-dev/db of wave -1"),
      finding("ServiceAccount bookshop-dev/migration of wave 0"),
    ]);
    expect(found(job("PreSync,PostSync"), account())).toHaveLength(1);
  });

  test("lets other hooks pass, and a hook that needs nothing of its Application", () => {
    expect(found(job("Sync"), account(), secret)).toEqual([]);
    expect(found(job("PostSync"), account(), secret)).toEqual([]);
    // for sync-order to say
    expect(found(job("Sync"), account({ annotations: { "argocd.argoproj.io/sync-wave": "1" } }))).toEqual([]);
    expect(found(job("PreSync"))).toEqual([]);
    expect(reported(presyncNeeds, [job("PreSync"), account()], bookshopWorld())).toEqual([]);
  });

  test("lets a hook pass whose needs are hooks before it", () => {
    expect(found(job("PreSync"), account(annotations("PreSync", "-1")))).toEqual([]);
    expect(found(job("PreSync"), account(annotations("PreSync", "1")))).toEqual([
      finding("ServiceAccount bookshop-dev/migration of wave 1 of PreSync"),
    ]);
  });
});
