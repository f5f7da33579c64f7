import { describe, expect, test } from "@jest/globals";
import type { Manifest, Owner } from "../../../lib/manifest/manifest.ts";
import { pruneProtection } from "../../../lib/validation/rules/prune-protection.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { application, bootstrap, repositoryUrl, rootDelivery } from "../../support/delivery.ts";
import { manifest, type ObjectProps, reported } from "../../support/manifests.ts";

const world = bookshopWorld();
const everything = application({ syncPolicy: { syncOptions: ["Prune=false", "Delete=confirm"] } });
const claims = { volumeClaimTemplates: [{ metadata: { name: "data" } }] };
const options = (text: string): ObjectProps["metadata"] => ({ annotations: { "argocd.argoproj.io/sync-options": text } });
const holding: ObjectProps[] = [
  { kind: "PersistentVolumeClaim" },
  { kind: "PersistentVolume", metadata: { namespace: undefined } },
  { apiVersion: "apps/v1", kind: "StatefulSet", spec: claims },
  { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: { namespace: undefined } },
];

/** What is said of these beside a Namespace that is protected. */
function found(manifests: readonly Manifest[], app = application()): string[] {
  return reported(pruneProtection, [app, ...manifests], world).filter((text) => !text.startsWith("Namespace bookshop-dev "));
}

const hint = (lacking: string): string => `\nhint: add ${lacking} to its annotation argocd.argoproj.io/sync-options`;

describe("prune-protection", () => {
  test.each(holding)("reports $kind without protection, and lets it pass with", (props) => {
    const [bare] = found([manifest(props)]);
    expect(bare).toMatch(/ is pruned and deleted with its Application without a question\n/);
    expect(bare).toContain(hint("Prune=confirm,Delete=confirm"));
    for (const text of ["Prune=confirm,Delete=confirm", "Prune=false, Delete=false"]) {
      expect(found([manifest({ ...props, metadata: { ...props.metadata, ...options(text) } })])).toEqual([]);
    }
    expect(found([manifest(props)], everything)).toEqual([]);
  });

  test("reports a Namespace, and names the half that lacks", () => {
    expect(reported(pruneProtection, [application()], world)).toEqual([
      `Namespace bookshop-dev is pruned and deleted with its Application without a question${hint("Prune=confirm,Delete=confirm")}`,
    ]);
    expect(found([manifest({ kind: "PersistentVolumeClaim", metadata: options("Prune=confirm") })])).toEqual([
      `PersistentVolumeClaim bookshop-dev/catalogue is deleted with its Application without a question${hint("Delete=confirm")}`,
    ]);
    expect(found([manifest({ kind: "PersistentVolumeClaim", metadata: options("Prune=true,Delete=confirm") })], everything)).toEqual([
      `PersistentVolumeClaim bookshop-dev/catalogue is pruned without a question${hint("Prune=confirm")}`,
    ]);
  });

  test("lets what holds nothing pass, and what no Application delivers", () => {
    const stateless = { apiVersion: "apps/v1", kind: "StatefulSet", spec: { volumeClaimTemplates: [] } };
    expect(found([manifest(stateless), manifest({ ...stateless, spec: undefined }), manifest({ kind: "Service" })])).toEqual([]);
    expect(
      reported(
        pruneProtection,
        holding.map((props) => manifest(props)),
        world,
      ),
    ).toEqual([]);
    expect(reported(pruneProtection, [application()])).toEqual([]);
  });

  test("reports Applications of production and ApplicationSets, not those of other environments, nor roots", () => {
    const root = application(
      { source: { repoURL: repositoryUrl, path: "dist/argocd/central", directory: { recurse: true } } },
      { name: "root" },
      bootstrap,
    );
    const production: Owner = { scope: "delivery", controlPlane: "central", group: "production", environment: "production" };
    const set = { apiVersion: "argoproj.io/v1alpha1", kind: "ApplicationSet", metadata: { name: "bookshop", namespace: "argocd" } };
    const of = (name: string, owner: Owner): Manifest => application({}, { name }, owner);
    const manifests = [
      of("bookshop-production", production),
      of("bookshop-dev", { ...production, group: "dev", environment: "dev" }),
      of("root-dev", rootDelivery),
      manifest(set, rootDelivery),
    ];
    expect(found(manifests, root).map((text) => text.split(" is ")[0])).toEqual([
      "Application argocd/bookshop-production",
      "ApplicationSet argocd/bookshop",
    ]);
    const safe = { ...set, metadata: { ...set.metadata, ...options("Prune=confirm,Delete=confirm") } };
    expect(found([manifest(safe, rootDelivery)], root)).toEqual([]);
  });
});
