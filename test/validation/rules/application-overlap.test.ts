import { describe, expect, test } from "@jest/globals";
import type { Manifest, Owner } from "../../../lib/manifest/manifest.ts";
import { applicationOverlap } from "../../../lib/validation/rules/application-overlap.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { application, devDelivery, devServer, repositoryUrl } from "../../support/delivery.ts";
import { reported } from "../../support/manifests.ts";

const system = "dist/dev/dev-eu/bookshop";
const unit = `${system}/catalogue`;
const elsewhere: Owner = { scope: "delivery", controlPlane: "other", group: "dev", environment: "dev" };

const inDev: object = { server: devServer };

function reads(
  name: string,
  path: string,
  { recurse = false, repoURL = repositoryUrl, destination = inDev, owner = devDelivery } = {},
): Manifest {
  return application({ source: { repoURL, path, directory: { recurse } }, destination }, { name }, owner);
}

function found(...manifests: Manifest[]): string[] {
  return reported(applicationOverlap, manifests, bookshopWorld());
}

const hint = "hint: take one of the two out, or give them folders that do not lie in one another";
const same = `Application argocd/b applies '${unit}', which Application argocd/a applies too\n${hint}`;

describe("application-overlap", () => {
  test("lets Applications of different folders pass", () => {
    expect(found(reads("a", unit), reads("b", `${system}/checkout`), reads("c", `${unit}-two`))).toEqual([]);
    expect(found(reads("a", system), reads("b", unit))).toEqual([]);
    expect(reported(applicationOverlap, [reads("a", unit), reads("b", unit)])).toEqual([]);
  });

  test("reports two Applications of one folder", () => {
    expect(found(reads("a", unit), reads("b", unit))).toEqual([same]);
    expect(found(reads("a", unit), reads("b", unit, { repoURL: "https://GIT.example/bookshop" }))).toEqual([same]);
  });

  test("reports a folder that lies in one that is applied with everything below", () => {
    const below = `Application argocd/b applies '${unit}', which Application argocd/a applies too, with everything below '${system}'\n${hint}`;
    expect(found(reads("a", system, { recurse: true }), reads("b", unit))).toEqual([below]);
    expect(found(reads("b", unit), reads("a", system, { recurse: true }))).toEqual([below]);
    expect(found(reads("a", "dist/dev", { recurse: true }), reads("b", unit))).toHaveLength(1);
  });

  test("looks at every source", () => {
    const sources = [{ repoURL: "https://charts.example", path: unit }, { repoURL: repositoryUrl }, { repoURL: repositoryUrl, path: unit }];
    expect(found(reads("a", unit), application({ sources, destination: { server: devServer } }, { name: "b" }))).toEqual([same]);
  });

  test("lets one folder go to two clusters, and two repositories to one", () => {
    expect(found(reads("a", unit), reads("b", unit, { destination: { server: "https://us.example" } }))).toEqual([]);
    expect(found(reads("a", unit), reads("b", unit, { repoURL: "https://git.example/warehouse.git" }))).toEqual([]);
    const own = { destination: { server: "https://kubernetes.default.svc" } };
    expect(found(reads("a", unit, own), reads("b", unit, { ...own, owner: elsewhere }))).toEqual([]);
    expect(found(reads("a", unit, own), reads("b", unit, { destination: { name: "in-cluster" } }))).toEqual([same]);
    expect(found(reads("a", unit), reads("b", unit, { owner: elsewhere }))).toEqual([same]);
  });

  test("leaves an Application that is there twice to unique-objects", () => {
    expect(found(reads("a", unit), reads("a", unit))).toEqual([]);
  });
});
