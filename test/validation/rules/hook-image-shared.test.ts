import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { hookImageShared } from "../../../lib/validation/rules/hook-image-shared.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { application, repositoryUrl } from "../../support/delivery.ts";
import { checkout, deployment, manifest, reported } from "../../support/manifests.ts";

const image = "registry.example/bookshop/catalogue:sha-1234567";

function hook(run: string, owner = deployment().owner, phases = "Sync"): Manifest {
  const annotations = { "argocd.argoproj.io/hook": phases };
  const spec = { template: { spec: { containers: [{ name: "migrate", image: run }] } } };
  return manifest({ apiVersion: "batch/v1", kind: "Job", metadata: { name: "migration", annotations }, spec }, owner);
}

const found = (...manifests: Manifest[]): string[] => reported(hookImageShared, [application(), ...manifests], bookshopWorld());
const finding = (run: string, app = "bookshop-dev"): string =>
  `Job bookshop-dev/migration is a hook, and runs '${run}', which nothing else of Application argocd/${app} runs\nhint: run it from an image of the services that it belongs to: a new image of the hook alone starts no sync`;

describe("hook-image-shared", () => {
  test("lets a hook pass that runs what a service of its Application runs", () => {
    expect(found(hook(image), deployment())).toEqual([]);
    expect(found(deployment({}, { name: "checkout" }))).toEqual([]);
    expect(reported(hookImageShared, [hook("registry.example/migrate:1"), deployment()], bookshopWorld())).toEqual([]);
  });

  test("reports an image that only hooks run", () => {
    expect(found(hook("registry.example/migrate:1"), hook("registry.example/migrate:1", checkout), deployment())).toEqual([
      finding("registry.example/migrate:1"),
      finding("registry.example/migrate:1"),
    ]);
    expect(found(hook(image))).toEqual([finding(image)]);
  });

  test("judges hooks that run before the sync ends", () => {
    const tool = (phases: string): Manifest => hook("registry.example/tool:1", checkout, phases);
    for (const phases of ["PreSync", "Sync", "PostSync,PreSync"]) expect(found(tool(phases), deployment())).toHaveLength(1);
    for (const phases of ["PostSync", "SyncFail", "PreDelete"]) expect(found(tool(phases), deployment())).toEqual([]);
    // nor does a hook count as what a service runs
    expect(found(tool("PostSync"), tool("Sync"), deployment())).toHaveLength(1);
  });

  test("reports an image that only another Application runs", () => {
    const apps = ["catalogue", "checkout"].map((unit) =>
      application({ source: { repoURL: repositoryUrl, path: `dist/dev/dev-eu/bookshop/${unit}` } }, { name: unit }),
    );
    expect(reported(hookImageShared, [...apps, hook(image, checkout), deployment()], bookshopWorld())).toEqual([
      finding(image, "checkout"),
    ]);
  });
});
