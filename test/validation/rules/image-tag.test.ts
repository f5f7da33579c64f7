import { describe, expect, test } from "@jest/globals";
import { imageDigest } from "../../../lib/validation/rules/image-digest.ts";
import { imageTag } from "../../../lib/validation/rules/image-tag.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { deployment, reported, unitOf } from "../../support/manifests.ts";

const name = "Deployment bookshop-dev/catalogue";
const advice = "hint: name one build: by a version, a commit, or a digest";

function said(container: object): string[] {
  return reported(imageTag, [deployment({ containers: [container] })]);
}

describe("image-tag", () => {
  test.each([
    "registry.example/catalogue:v1.2.0",
    "registry.example/catalogue:sha-1234567",
    "registry.example:5000/catalogue:16",
    "registry.example/catalogue:mainline",
    // for Istio's injector to fill in
    "auto",
    `registry.example/catalogue@sha256:${"0".repeat(64)}`,
    `registry.example/catalogue:latest@sha256:${"0".repeat(64)}`,
  ])("lets %s pass", (image) => {
    expect(said({ image })).toEqual([]);
  });

  test.each(["latest", "main", "Nightly", "prod"])("reports the tag '%s'", (tag) => {
    expect(said({ image: `registry.example/catalogue:${tag}` })).toEqual([
      `${name} runs image 'registry.example/catalogue:${tag}', whose tag '${tag}' moves from build to build\n${advice}`,
    ]);
  });

  test("reports an image without a tag, once a workload", () => {
    const image = "registry.example:5000/catalogue";
    expect(reported(imageTag, [deployment({ containers: [{ image }], initContainers: [{ name: "migrate", image }] })])).toEqual([
      `${name} runs image '${image}', which has no tag, and so means 'latest'\n${advice}`,
    ]);
  });

  test("leaves production to image-digest, where a tag alone is reported whatever it is", () => {
    const production = unitOf("catalogue", { environment: "production", cluster: "production-eu" });
    const workload = { ...deployment({ containers: [{ image: "registry.example/catalogue:latest" }] }), owner: production };
    expect(reported(imageTag, [workload], bookshopWorld())).toEqual([]);
    expect(reported(imageDigest, [workload], bookshopWorld())).toHaveLength(1);
    expect(reported(imageTag, [{ ...workload, owner: unitOf("catalogue") }], bookshopWorld())).toHaveLength(1);
  });

  test("reports images that no node may pull", () => {
    expect(said({ imagePullPolicy: "Never" })).toEqual([
      `${name} has imagePullPolicy: Never in container 'catalogue', which starts on no node that has not its image already\nhint: take it out: a node pulls what it has not`,
    ]);
    expect(said({ imagePullPolicy: "Always" })).toEqual([]);
  });
});
