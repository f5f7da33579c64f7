import { describe, expect, test } from "@jest/globals";
import { Deliveries } from "../../lib/manifest/deliveries.ts";
import type { Manifest, Owner } from "../../lib/manifest/manifest.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { renderBookshop } from "../fixtures/bookshop/render.ts";
import { bookshopNamespace, catalogue, checkout, deployment, manifest, platform, unitOf } from "../support/manifests.ts";

const delivery: Owner = { scope: "delivery", controlPlane: "central", group: "dev", environment: "dev" };

function application(path: string | undefined, { recurse = false, owner = delivery, name = "bookshop" } = {}): Manifest {
  const source = { repoURL: "https://git.example/bookshop.git", path, ...(recurse && { directory: { recurse } }) };
  const spec = { project: "bookshop-dev", destination: {}, ...(path !== undefined && { source }) };
  return manifest({ apiVersion: "argoproj.io/v1alpha1", kind: "Application", metadata: { name, namespace: "argocd" }, spec }, owner);
}

function project(owner: Owner): Manifest {
  return manifest(
    { apiVersion: "argoproj.io/v1alpha1", kind: "AppProject", metadata: { name: "bookshop-dev", namespace: "argocd" } },
    owner,
  );
}

const own = deployment();
const other = { ...deployment(), owner: checkout };

describe("Deliveries", () => {
  test("gives every object of a folder to the Application that names the folder", () => {
    const one = application("dist/dev/dev-eu/bookshop/catalogue");
    const deliveries = new Deliveries([one, own, other], "dist");
    expect(deliveries.of(own)?.application).toBe(one);
    expect(deliveries.of(other)).toBeUndefined();
    expect(deliveries.all.map(({ manifests }) => manifests)).toEqual([[own]]);
  });

  test("gives what lies below a folder to it only where it is read with everything below", () => {
    const path = "dist/dev/dev-eu/bookshop";
    expect(new Deliveries([application(path), own], "dist").of(own)).toBeUndefined();
    const whole = application(path, { recurse: true });
    const deliveries = new Deliveries([whole, own, other, bookshopNamespace], "dist");
    expect(deliveries.all.map(({ manifests }) => manifests)).toEqual([[own, other, bookshopNamespace]]);
    expect(deliveries.of(other)?.application).toBe(whole);
  });

  test("prefers the nearest folder", () => {
    const [whole, one] = [
      application("dist/dev", { recurse: true }),
      application("dist/dev/dev-eu/bookshop/catalogue", { name: "catalogue" }),
    ];
    const deliveries = new Deliveries([whole, one, own, other], "dist");
    expect(deliveries.of(own)?.application).toBe(one);
    expect(deliveries.of(other)?.application).toBe(whole);
  });

  test("does not take a folder for another whose name begins alike", () => {
    const near = application("dist/dev/dev-eu/book", { recurse: true });
    expect(new Deliveries([near, own], "dist").of(own)).toBeUndefined();
  });

  test("reads the folder of the repository that everything is written to", () => {
    const one = application("generated/yaml/dev/dev-eu/bookshop/catalogue");
    expect(new Deliveries([one, own], "generated/yaml").of(own)?.application).toBe(one);
    expect(new Deliveries([one, own], "dist").of(own)).toBeUndefined();
  });

  test("names the project of the same control plane", () => {
    const there: Owner = { ...delivery, controlPlane: "elsewhere" };
    const [here, elsewhere] = [project(delivery), project(there)];
    const deliveries = new Deliveries(
      [application("dist/dev", { name: "a" }), application("dist/staging", { owner: there }), here, elsewhere],
      "dist",
    );
    expect(deliveries.all.map((found) => found.project)).toEqual([here, elsewhere]);
    expect(new Deliveries([application("dist/dev"), elsewhere], "dist").all[0]?.project).toBeUndefined();
  });

  test("leaves out Applications that name no folder", () => {
    const bare = manifest({ apiVersion: "argoproj.io/v1alpha1", kind: "Application" }, delivery);
    expect(new Deliveries([bare, application(undefined), own], "dist").all).toEqual([]);
  });

  test("does not mix up clusters and cluster-wide units", () => {
    const stores = manifest({ kind: "ConfigMap" }, platform);
    const one = application("dist/clusters/dev-eu/secret-stores");
    const far = { ...deployment(), owner: unitOf("catalogue", { cluster: "dev-us" }) };
    const deliveries = new Deliveries([one, application("dist/dev/dev-eu/bookshop", { recurse: true }), stores, far], "dist");
    expect(deliveries.of(stores)?.application).toBe(one);
    expect(deliveries.of(far)).toBeUndefined();
    expect(deliveries.of({ ...own, owner: catalogue })).toBeUndefined();
  });

  test("knows who delivers each object of a whole repository, but what is applied by hand and what only reviewers read", () => {
    const { manifests } = renderBookshop();
    const deliveries = new Deliveries(manifests, bookshop.repository.output);
    const orphans = manifests.filter((found) => deliveries.of(found) === undefined);
    expect(new Set(orphans.map(({ owner }) => owner.scope))).toEqual(new Set(["bootstrap", "expanded"]));
    expect(deliveries.all.filter((entry) => entry.project === undefined || entry.manifests.length === 0)).toEqual([]);
  });
});
