import { expect, test } from "@jest/globals";
import type { Definitions } from "../../lib/definition/definitions.ts";
import { defineTeam, type TeamDefinition } from "../../lib/definition/team.ts";
import { codeOwners, codeOwnersText } from "../../lib/ownership/code-owners.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";

const [warehouse, bookshopSystem] = bookshop.systems;
const [dev, production] = bookshop.environments;
if (warehouse === undefined || bookshopSystem === undefined || dev === undefined || production === undefined)
  throw new Error("no bookshop");

/** Who must approve a file: of the lines that match it the last one's owners. The patterns in use are `*`, `/folder/` and `/file`. */
function ownersOf(path: string, definitions: Definitions = bookshop): readonly string[] {
  const lines = codeOwnersText(codeOwners(definitions))
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(" "));
  const matching = lines.filter(
    ([pattern = ""]) => pattern === "*" || pattern === `/${path}` || (pattern.endsWith("/") && `/${path}`.startsWith(pattern)),
  );
  return matching.at(-1)?.slice(1) ?? ["nobody said"];
}

const platform = [...new Set(bookshop.clusterSystems.flatMap(({ team }) => team.codeOwners))];

test("a system's folder belongs to its team", () => {
  expect(ownersOf("apps/warehouse/system.ts")).toEqual(warehouse.team.codeOwners);
});

test("the program, policies, workflows, projects, roots and what clusters share belong to the platform", () => {
  const paths = ["lib/synth/line.ts", "package.json", ".github/workflows/check.yaml", ".ci/kit/land.sh", "environments/dev/environment.ts"];
  const rendered = ["bootstrap/central/application-root.yaml", "clusters/eu/argocd/x.yaml", "argocd/central/production/projects/x.yaml"];
  const generated = [...rendered, "argocd/central/application-root-dev.yaml"].map((path) => `${bookshop.repository.output}/${path}`);
  for (const path of [...paths, ...generated]) expect([path, ownersOf(path)]).toEqual([path, platform]);
});

test("pins and holds of no environment have an owner", () => {
  for (const environment of ["dev", "production"])
    for (const file of ["images.yaml", "holds.yaml"]) expect(ownersOf(`environments/${environment}/${file}`)).toEqual([]);
});

test("what is rendered where no review is asked for has no owner", () => {
  const { output } = bookshop.repository;
  expect(ownersOf(`${output}/dev/eu/warehouse/stock/deployment-stock.yaml`)).toEqual([]);
  expect(ownersOf(`${output}/argocd/central/dev/applications/warehouse-dev.yaml`)).toEqual([]);
  expect(ownersOf(`${output}/expanded/central/dev/recommendations-dev.yaml`)).toEqual([]);
});

test("what is rendered where a review is asked for belongs to the team and to whoever may sync it there, on every cluster", () => {
  const syncers = (production.definition.syncedBy ?? []).flatMap((team) => team.codeOwners);
  for (const cluster of ["eu", "us"]) {
    const file = `${bookshop.repository.output}/production/${cluster}/bookshop/catalogue/deployment-catalogue.yaml`;
    expect(ownersOf(file)).toEqual([...new Set([...bookshopSystem.team.codeOwners, ...syncers])]);
  }
  const application = `${bookshop.repository.output}/argocd/central/production/applications/bookshop-production.yaml`;
  expect(ownersOf(application)).toEqual([...new Set([...platform, ...syncers])]);
});

test("a system that deviates is owned as its own policy says", () => {
  const free = {
    ...bookshopSystem,
    deviations: [{ environment: production.definition, policy: { approval: "none" }, reason: "trust" }],
  } as const;
  const guarded = {
    ...warehouse,
    deviations: [{ environment: dev.definition, policy: { approval: "pull-request" }, reason: "shared" }],
  } as const;
  const definitions = { ...bookshop, systems: [guarded, free] };
  const { output } = bookshop.repository;
  expect(ownersOf(`${output}/production/eu/bookshop/catalogue/x.yaml`, definitions)).toEqual([]);
  expect(ownersOf(`${output}/dev/eu/warehouse/stock/x.yaml`, definitions)).toEqual(warehouse.team.codeOwners);
});

test("no owner is named twice on a line", () => {
  for (const { lines } of codeOwners(bookshop)) for (const { owners } of lines) expect(new Set(owners).size).toBe(owners.length);
});

test.each([
  ["@Paperback/buyers extra", "the team 'buyers' has a code owner that Git hosts do not know, got '@Paperback/buyers extra'"],
  ["buyers", "the team 'buyers' has a code owner that Git hosts do not know, got 'buyers'"],
  [undefined, "the team 'buyers' has no code owners"],
])("a team whose owners Git hosts would ignore is refused: %s", (owner, message) => {
  expect(() => codeOwners({ ...bookshop, systems: [{ ...warehouse, team: buyers(owner) }] })).toThrow(message);
});

test("users, nested groups and addresses are owners too", () => {
  for (const owner of ["@reader", "@paperback/shops/berlin", "buyers@paperback.example"]) {
    expect(ownersOf("apps/warehouse/x", { ...bookshop, systems: [{ ...warehouse, team: buyers(owner) }] })).toEqual([owner]);
  }
});

test("without a cluster-wide system nobody would own the program", () => {
  expect(() => codeOwners({ ...bookshop, clusterSystems: [] })).toThrow("nobody owns the platform");
});

function buyers(owner: string | undefined): TeamDefinition {
  return defineTeam({ name: "buyers", codeOwners: owner === undefined ? [] : [owner], alerts: { slackChannel: "buyers" } });
}
