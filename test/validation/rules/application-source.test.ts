import { describe, expect, test } from "@jest/globals";
import type { Manifest, ObjectMetadata, Owner } from "../../../lib/manifest/manifest.ts";
import { applicationSource } from "../../../lib/validation/rules/application-source.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { application, bootstrap, devDelivery, devServer, project, repositoryUrl, rootDelivery } from "../../support/delivery.ts";
import { deployment, reported } from "../../support/manifests.ts";

const world = bookshopWorld();
const system = "dist/dev/dev-eu/bookshop";
const source = { repoURL: repositoryUrl, targetRevision: "main", path: system, directory: { recurse: true } };
const finalizer = "resources-finalizer.argocd.argoproj.io";

function found(
  spec: object = {},
  metadata: Partial<ObjectMetadata> = {},
  owner: Owner = devDelivery,
  others: readonly Manifest[] = [],
): string[] {
  return reported(applicationSource, [project(), deployment(), ...others, application(spec, metadata, owner)], world);
}

const said = (message: string, hint: string): string[] => [`Application argocd/bookshop-dev ${message}\nhint: ${hint}`];

describe("application-source", () => {
  test("lets an Application pass that reads what is rendered", () => {
    expect(found()).toEqual([]);
    expect(found({ source: { ...source, path: `${system}/catalogue`, directory: undefined } })).toEqual([]);
    expect(found({ destination: { name: "dev-eu", namespace: "bookshop-dev" } })).toEqual([]);
    expect(reported(applicationSource, [application({ project: "nobody" })])).toEqual([]);
  });

  test("judges the project", () => {
    expect(found({ project: "bookshop" })).toEqual(
      said(
        "is in project 'bookshop', which nothing makes",
        "render it beside the Application, or mend the name; the nearest there: 'bookshop-dev'",
      ),
    );
    expect(found({ project: "default" })).toEqual([]);
    for (const none of [undefined, ""])
      expect(found({ project: none })).toEqual(said("names no project", "name the AppProject of its system"));
  });

  test("judges repository and revision", () => {
    expect(found({ source: { ...source, repoURL: "https://git.example/warehouse.git", path: "charts" } })).toEqual(
      said("reads repository 'https://git.example/warehouse.git'", `what is reviewed is in '${repositoryUrl}'`),
    );
    expect(found({ source: { ...source, repoURL: "https://git.example/bookshop" } })).toEqual([]);
    for (const [given, named] of [
      ["develop", "develop"],
      [undefined, "HEAD"],
    ]) {
      expect(found({ source: { ...source, targetRevision: given } })).toEqual(
        said(`follows '${named ?? ""}'`, "what is reviewed is on branch 'main'"),
      );
    }
  });

  test("judges the folder", () => {
    const nearest = `the nearest folders are: '${system}/catalogue', '${system}/namespace'`;
    expect(found({ source: { ...source, path: `${system}/catalog` } })).toEqual(
      said(`reads '${system}/catalog', where nothing is rendered`, nearest),
    );
    expect(found({ source: { ...source, path: undefined } })[0]).toContain("reads '', where nothing is rendered");
    for (const directory of [undefined, { recurse: false }]) {
      expect(found({ source: { ...source, directory } })).toEqual(
        said(`reads '${system}', which holds folders only`, "say directory: { recurse: true }"),
      );
    }
  });

  test("judges every source", () => {
    expect(found({ sources: [source, { ...source, targetRevision: "develop" }] })).toHaveLength(1);
  });

  test("judges the destination", () => {
    const cluster = "give one of destination.server and destination.name";
    expect(found({ destination: { namespace: "bookshop-dev" } })).toEqual(said("has no cluster as its destination", cluster));
    expect(found({ destination: { server: devServer, name: "dev-eu", namespace: "bookshop-dev" } })).toEqual(
      said(`has both server '${devServer}' and name 'dev-eu' as its destination`, cluster),
    );
    expect(found({ destination: { server: devServer } })).toEqual(
      said("has no namespace as its destination", "give destination.namespace"),
    );
    expect(found({ destination: undefined })).toHaveLength(2);
  });

  test("judges what roots read, and keeps their finalizer off", () => {
    const root = { project: "root", source: { ...source, path: "dist/argocd/central", directory: undefined } };
    const rootProject = project({}, { name: "root" }, bootstrap);
    const watched = application({}, { name: "watched" }, rootDelivery);
    expect(found(root, {}, bootstrap, [rootProject, watched])).toEqual([]);
    expect(found(root, { finalizers: [`${finalizer}/background`] }, bootstrap, [rootProject, watched])).toEqual(
      said("is a root, and takes everything with it when it is deleted", `take the finalizer '${finalizer}' off`),
    );
    expect(found({}, { finalizers: [finalizer] })).toEqual([]);
    // the files of an environment's delivery stand in folders below
    const ofEnvironment = { project: "root", source: { ...source, path: "dist/argocd/central/dev", directory: undefined } };
    expect(found(ofEnvironment, {}, bootstrap, [rootProject])).toEqual(
      said("reads 'dist/argocd/central/dev', which holds folders only", "say directory: { recurse: true }"),
    );
  });

  test("leaves Applications that a unit renders alone", () => {
    expect(found({ source: { repoURL: "https://charts.example", chart: "shelf" } }, {}, deployment().owner)).toEqual([]);
  });

  test("survives an Application without a spec", () => {
    const bare = application();
    expect(reported(applicationSource, [{ ...bare, document: { ...bare.document, spec: undefined } }], world)).toHaveLength(3);
  });
});
