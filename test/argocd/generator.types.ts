import { Generator } from "../../lib/argocd/generator.ts";

const shops = Generator.list([{ environment: "dev", sync: { prune: true } }]);
const one: Generator<1> = Generator.matrix(shops, Generator.clusters());
export const two: Generator<2> = Generator.merge(["server"], [one, shops]);

// @ts-expect-error: Argo CD reads two combinations one inside the other, not three
export const three = Generator.matrix(two, shops);

// @ts-expect-error: a matrix has two generators
export const single = Generator.matrix(shops);

// @ts-expect-error: a merge has at least two generators
export const lonely = Generator.merge(["server"], [shops]);

// @ts-expect-error: a merge needs a key
export const keyless = Generator.merge([], [shops, shops]);

// @ts-expect-error: no element holds null
export const nothing = Generator.list([{ environment: null }]);

export const both = Generator.pullRequest({
  // @ts-expect-error: pull requests come from one provider
  provider: { github: { owner: "bookshop", repo: "catalogue" }, gitlab: { project: "42" } },
});
