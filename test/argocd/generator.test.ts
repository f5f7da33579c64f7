import { describe, expect, test } from "@jest/globals";
import { Generator } from "../../lib/argocd/generator.ts";
import { caught } from "../support/caught.ts";

const shops = Generator.list([{ environment: "dev" }]);
const git = { repoURL: "https://github.com/bookshop/gitops.git", revision: "main" };

describe("Generator", () => {
  test.each([
    [
      Generator.list([{ environment: "dev", prune: true, replicas: 2, sync: { selfHeal: false }, hosts: ["a"] }]),
      {
        list: { elements: [{ environment: "dev", prune: true, replicas: 2, sync: { selfHeal: false }, hosts: ["a"] }] },
      },
    ],
    [Generator.clusters(), { clusters: {} }],
    [
      Generator.clusters({ selector: { matchLabels: { region: "eu" } }, values: { tier: "gold" } }),
      {
        clusters: { selector: { matchLabels: { region: "eu" } }, values: { tier: "gold" } },
      },
    ],
    [
      Generator.gitDirectories({ ...git, paths: [{ path: "shops/*" }, { path: "shops/closed", exclude: true }], requeueAfterSeconds: 60 }),
      {
        git: { ...git, directories: [{ path: "shops/*" }, { path: "shops/closed", exclude: true }], requeueAfterSeconds: 60 },
      },
    ],
    [
      Generator.gitFiles({ ...git, paths: [{ path: "shops/*.yaml" }], pathParamPrefix: "shop", values: { tier: "gold" } }),
      {
        git: { ...git, files: [{ path: "shops/*.yaml" }], pathParamPrefix: "shop", values: { tier: "gold" } },
      },
    ],
    [
      Generator.pullRequest({
        provider: { github: { owner: "bookshop", repo: "catalogue", labels: ["preview"] } },
        filters: [{ branchMatch: "^feature/" }],
        requeueAfterSeconds: 300,
      }),
      {
        pullRequest: {
          github: { owner: "bookshop", repo: "catalogue", labels: ["preview"] },
          filters: [{ branchMatch: "^feature/" }],
          requeueAfterSeconds: 300,
        },
      },
    ],
    [
      Generator.pullRequest({ provider: { gitlab: { project: "42", pullRequestState: "opened" } } }),
      {
        pullRequest: { gitlab: { project: "42", pullRequestState: "opened" } },
      },
    ],
    [
      Generator.matrix(shops, Generator.clusters()),
      {
        matrix: { generators: [{ list: { elements: [{ environment: "dev" }] } }, { clusters: {} }] },
      },
    ],
    [
      Generator.merge(["server"], [Generator.clusters(), shops]),
      {
        merge: { mergeKeys: ["server"], generators: [{ clusters: {} }, { list: { elements: [{ environment: "dev" }] } }] },
      },
    ],
    [
      shops.matching({ matchLabels: { environment: "dev" } }),
      {
        list: { elements: [{ environment: "dev" }] },
        selector: { matchLabels: { environment: "dev" } },
      },
    ],
  ])("case %# is written as Argo CD reads it", (generator, json) => {
    expect(generator.toJson()).toEqual(json);
  });

  test("counts how deep combinations stand one inside the other", () => {
    const matrix = Generator.matrix(shops, Generator.clusters());
    expect([shops.depth, matrix.depth, Generator.merge(["server"], [matrix, shops]).depth]).toEqual([0, 1, 2]);
  });

  test("fails on an empty element", () => {
    expect(caught(() => Generator.list([{ environment: "dev" }, {}]))).toBe("element 2 of the list generator is empty");
    expect(caught(() => Generator.list([{}]))).toBe("element 1 of the list generator is empty");
  });

  test("fails without a path", () => {
    expect(caught(() => Generator.gitFiles({ ...git, paths: [] }))).toBe("the git generator names no path");
  });
});
