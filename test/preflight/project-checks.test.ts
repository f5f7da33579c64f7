import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { GitRepository } from "../../lib/git/git-repository.ts";
import { committed } from "../../lib/preflight/checks/committed.ts";
import { exampleImages } from "../../lib/preflight/checks/example-images.ts";
import { generatedFiles } from "../../lib/preflight/checks/generated-files.ts";
import { placeholders } from "../../lib/preflight/checks/placeholders.ts";
import { pushed } from "../../lib/preflight/checks/pushed.ts";
import { deployment, manifest } from "../support/manifests.ts";
import { TemporaryClone } from "../support/temporary-clone.ts";
import { definitionsOf, found } from "./preflight-world.ts";

describe("placeholders", () => {
  const own = definitionsOf({});

  test("passes where everything is somebody's own", async () => {
    const manifests = [manifest({ kind: "ConfigMap", data: { HOST: "books.paperback.test", NOTE: "a macmethod, acmeister" } })];
    expect(await found(placeholders, { facts: { definitions: own }, manifests })).toEqual({ result: "pass", detail: "none is left" });
  });

  test("names what the definitions still say, and what does not follow from it", async () => {
    const definitions = definitionsOf({ name: "acme", domain: "acme.example", url: "https://github.com/acme/keelson-gitops.git" });
    const manifests = [
      manifest({ kind: "Ingress", spec: { host: "books.acme.example" } }),
      manifest({ kind: "ConfigMap", metadata: { name: "settings" }, data: { "rules.csv": "g, acme:shop, role:admin\np, x" } }),
      manifest({ kind: "ClusterSecretStore", metadata: { name: "gcp", namespace: undefined }, spec: { projectID: "acme-production" } }),
    ];
    expect(await found(placeholders, { facts: { definitions }, manifests })).toMatchObject({
      result: "fail",
      detail: "5 values are still the example's",
      findings: [
        "'acme' (the organization's name)",
        "'acme.example' (its domain)",
        "'https://github.com/acme/keelson-gitops.git' (the repository's URL)",
        "'g, acme:shop, role:admin' (ConfigMap bookshop-dev/settings)",
        "'acme-production' (ClusterSecretStore gcp)",
      ],
    });
  });

  test("leaves images to the check of their own", async () => {
    expect(
      (
        await found(placeholders, {
          facts: { definitions: own },
          manifests: [deployment({ containers: [{ image: "ghcr.io/acme/app:v1" }] })],
        })
      ).result,
    ).toBe("pass");
  });
});

test("example-images names each repository of the example once", async () => {
  const manifests = [
    deployment({ containers: [{ image: "ghcr.io/acme/app:v1.0.0@sha256:00" }, { image: "ghcr.io/acme/app:v2.0.0" }] }),
    deployment({
      containers: [{ image: "registry.paperback.test:5000/books/app:v1" }],
      initContainers: [{ name: "warm-up", image: "europe-docker.pkg.dev/acme-shop/shop/frontend:sha-1" }],
    }),
  ];
  expect(await found(exampleImages, { manifests })).toMatchObject({
    result: "fail",
    findings: ["europe-docker.pkg.dev/acme-shop/shop/frontend", "ghcr.io/acme/app"],
  });
  expect(
    (await found(exampleImages, { manifests: [deployment({ containers: [{ image: "registry.paperback.test:5000/books/app:v1" }] })] }))
      .result,
  ).toBe("pass");
});

test("generated-files fails on errors of rules and on stale files", async () => {
  expect((await found(generatedFiles)).result).toBe("pass");
  expect(await found(generatedFiles, { facts: { errors: 2 } })).toMatchObject({ result: "fail", detail: "the rules find 2 errors" });
  expect(await found(generatedFiles, { facts: { staleFiles: ["generated/yaml/a.yaml"] } })).toMatchObject({
    result: "fail",
    detail: "1 file differs",
    findings: ["generated/yaml/a.yaml"],
  });
});

describe("with git", () => {
  let clone: TemporaryClone;
  let remote: TemporaryClone;
  beforeEach(() => {
    clone = new TemporaryClone();
    remote = new TemporaryClone();
    remote.git("config", "receive.denyCurrentBranch", "ignore");
  });
  afterEach(() => {
    clone.remove();
    remote.remove();
  });
  const facts = () => ({ clone: GitRepository.open(clone.folder), definitions: definitionsOf({ url: remote.folder, branch: "main" }) });

  test("committed tells what is not", async () => {
    clone.commit({ "README.md": "books\n" });
    expect((await found(committed, { facts: facts() })).result).toBe("pass");
    clone.git("rm", "--quiet", "--cached", "README.md");
    expect(await found(committed, { facts: facts() })).toMatchObject({ result: "fail", findings: ["D  README.md", "?? README.md"] });
  });

  test("pushed compares HEAD with the branch that Argo CD follows", async () => {
    const first = clone.commit({ "README.md": "books\n" });
    expect(await found(pushed, { facts: facts() })).toMatchObject({
      result: "fail",
      detail: `there is no branch 'main' of ${remote.folder}`,
    });
    clone.git("push", "--quiet", remote.folder, "main");
    expect(await found(pushed, { facts: facts() })).toEqual({
      result: "pass",
      detail: `'main' of ${remote.folder} stands at ${first.slice(0, 10)}`,
    });
    const second = clone.commit({ "README.md": "more books\n" });
    expect(await found(pushed, { facts: facts() })).toMatchObject({
      result: "fail",
      detail: expect.stringContaining(`stands at ${first.slice(0, 10)}, and HEAD is ${second.slice(0, 10)}`),
    });
    clone.git("push", "--quiet", remote.folder, "main");
    clone.git("checkout", "--quiet", first);
    expect(await found(pushed, { facts: facts() })).toMatchObject({ result: "pass", detail: expect.stringContaining("is ahead") });
  });

  test("pushed does not know where nobody answers", async () => {
    clone.commit({ "README.md": "books\n" });
    const nowhere = { ...facts(), definitions: definitionsOf({ url: `${remote.folder}/nowhere` }) };
    expect(await found(pushed, { facts: nowhere })).toMatchObject({
      result: "unknown",
      detail: expect.stringMatching(/^git cannot read '.*nowhere': /),
    });
  });

  test("without a clone nothing is known", async () => {
    for (const check of [committed, pushed]) expect(await found(check)).toEqual({ result: "unknown", detail: "there is no clone" });
  });
});
