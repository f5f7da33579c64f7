import { describe, expect, test } from "@jest/globals";
import type { Manifest, Owner } from "../../../lib/manifest/manifest.ts";
import { imageDigest } from "../../../lib/validation/rules/image-digest.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { deployment, platform, reported, unitOf } from "../../support/manifests.ts";

const production = unitOf("catalogue", { environment: "production", cluster: "production-eu" });
const tagged = "registry.example/bookshop/catalogue:v1.2.0";
const digested = `${tagged}@sha256:${"0".repeat(64)}`;

function workload(owner: Owner, spec: { readonly containers: readonly object[]; readonly [field: string]: unknown }): Manifest {
  return { ...deployment(spec), owner };
}

const without = (image: string): string =>
  `Deployment bookshop-dev/catalogue runs image '${image}' in production, which is not named by its digest\nhint: write '@sha256:<digest>' behind it: in the environment's images.yaml, or where the construct names it`;

describe("image-digest", () => {
  test("lets digests pass, and tags outside of production", () => {
    const outside = [unitOf("catalogue"), unitOf("catalogue", { environment: "staging" }), platform];
    const manifests = [workload(production, { containers: [{ image: digested }] })];
    for (const owner of outside) manifests.push(workload(owner, { containers: [{ image: tagged }] }));
    expect(reported(imageDigest, manifests, bookshopWorld())).toEqual([]);
  });

  test("reports an image in production without one, once a workload", () => {
    const initContainers = [{ name: "migrate", image: "registry.example/bookshop/migrate:v1" }];
    const volumes = [{ name: "model", image: { reference: "registry.example/bookshop/model:v1" } }];
    const containers = [{ image: tagged }, { name: "proxy", image: tagged }];
    expect(reported(imageDigest, [workload(production, { containers, initContainers, volumes })], bookshopWorld())).toEqual([
      without(tagged),
      without("registry.example/bookshop/migrate:v1"),
      without("registry.example/bookshop/model:v1"),
    ]);
  });

  test("knows no production where nobody defines one", () => {
    expect(reported(imageDigest, [workload(production, { containers: [{ image: tagged }] })])).toEqual([]);
  });
});
