import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../lib/manifest/repository-facts.ts";
import { emitYaml } from "../../lib/synth/emit-yaml.ts";
import { hookOnlyChanges } from "../../lib/synth/hook-only-changes.ts";
import type { FileChange } from "../../lib/synth/plan-changes.ts";
import { bookshopWorld } from "../support/bookshop-world.ts";
import { application, repositoryUrl } from "../support/delivery.ts";
import { checkout, deployment, manifest } from "../support/manifests.ts";

function migration(name = "migration", owner = deployment().owner): Manifest {
  const annotations = { "argocd.argoproj.io/hook": "Sync" };
  return manifest(
    { apiVersion: "batch/v1", kind: "Job", metadata: { name, annotations }, spec: { template: { spec: { containers: [] } } } },
    owner,
  );
}

const units = ["catalogue", "checkout"].map((unit) =>
  application({ source: { repoURL: repositoryUrl, path: `dist/dev/dev-eu/bookshop/${unit}` } }, { name: unit }),
);
const whole = [application()];
const everything = [deployment(), migration(), migration("seed"), migration("migration", checkout)];
const folder = "dev/dev-eu/bookshop";
const job = `${folder}/catalogue/job-migration.yaml`;
const service = `${folder}/catalogue/deployment-catalogue.yaml`;

const update = (path: string): FileChange => ({ kind: "update", path, content: "" });
const remove = (path: string): FileChange => ({ kind: "delete", path });

function found(changes: readonly FileChange[], applications = whole, left: Readonly<Record<string, string>> = {}): (string | undefined)[] {
  const facts = new RepositoryFacts([...applications, ...everything], bookshopWorld());
  const issues = hookOnlyChanges(facts, changes, { read: (path) => left[path] });
  expect(issues.every(({ severity, rule }) => severity === "warning" && rule === "hook-only-change")).toBe(true);
  return issues.map(({ message, hint }) => `${message}\nhint: ${hint ?? ""}`);
}

const warning = (app: string, ...jobs: string[]): string =>
  `of Application argocd/${app} only hooks change, which starts no sync: ${jobs.map((name) => `Job bookshop-dev/${name}`).join(", ")}\nhint: sync it by hand once this is merged (argocd app sync ${app}), or change what the hook belongs to as well`;

describe("hookOnlyChanges", () => {
  test("names an Application of which only hooks change", () => {
    expect(found([update(job)])).toEqual([warning("bookshop-dev", "migration")]);
    expect(found([{ kind: "create", path: job, content: "" }, update(`${folder}/catalogue/job-seed.yaml`)])).toEqual([
      warning("bookshop-dev", "migration", "seed"),
    ]);
  });

  test("says nothing where something else changes with them, or no hook does", () => {
    expect(found([update(job), update(service)])).toEqual([]);
    expect(found([update(job), update(`${folder}/checkout/service-checkout.yaml`)])).toEqual([]);
    expect(found([update(service)])).toEqual([]);
    expect(found([])).toEqual([]);
  });

  test("judges each Application by itself", () => {
    expect(found([update(job), update(`${folder}/checkout/service-checkout.yaml`)], units)).toEqual([warning("catalogue", "migration")]);
    expect(found([update(job), update(`${folder}/checkout/job-migration.yaml`)], units)).toEqual([
      warning("catalogue", "migration"),
      warning("checkout", "migration"),
    ]);
  });

  test("takes a deleted file for what it was", () => {
    const old = `${folder}/catalogue/job-migrate.yaml`;
    expect(found([update(job), remove(old)], whole, { [old]: emitYaml(migration("migrate").document) })).toEqual([
      warning("bookshop-dev", "migration"),
    ]);
    expect(found([update(job), remove(old)], whole, { [old]: emitYaml(deployment().document) })).toEqual([]);
    expect(found([update(job), remove(old)])).toEqual([]);
    // nothing is left to run
    expect(found([remove(old)], whole, { [old]: emitYaml(migration("migrate").document) })).toEqual([]);
  });

  test("leaves files alone that no Application delivers", () => {
    expect(found([update(job), update("bootstrap/central/application-root.yaml")], units)).toEqual([warning("catalogue", "migration")]);
    expect(found([update(job)], [])).toEqual([]);
  });
});
