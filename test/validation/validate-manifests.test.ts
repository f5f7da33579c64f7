import { describe, expect, test } from "@jest/globals";
import { ruleIds } from "../../lib/definition/rule-id.ts";
import { RepositoryFacts } from "../../lib/manifest/repository-facts.ts";
import type { Rule } from "../../lib/validation/rule.ts";
import { rules } from "../../lib/validation/rules.ts";
import { schema } from "../../lib/validation/rules/schema.ts";
import { validateManifests } from "../../lib/validation/validate-manifests.ts";
import { bookshopNamespace, deployment, manifest, platform } from "../support/manifests.ts";

const shelf = manifest({ kind: "ConfigMap", metadata: { name: "shelf" } });
const till = manifest({ kind: "ConfigMap", metadata: { name: "till" } });

const about = { subject: "references", reason: "", fix: "", needs: "manifests" } as const;
const names: Rule = {
  ...about,
  id: "unique-hosts",
  severity: "warning",
  title: "Nothing has a name.",
  check: (facts) => facts.manifests.map((found) => ({ message: `'${found.document.metadata.name}' has a name`, manifest: found })),
};
const labels: Rule = {
  ...about,
  id: "unique-objects",
  severity: "error",
  title: "Everything has a label.",
  check: () => [{ message: "nothing has a label", hint: "give it one" }],
};

describe("validateManifests", () => {
  test("gives every finding its rule and severity, in the order of rules and objects", () => {
    expect(validateManifests(new RepositoryFacts([shelf, till]), [names, labels])).toEqual([
      { rule: "unique-hosts", severity: "warning", message: "'shelf' has a name", manifest: shelf },
      { rule: "unique-hosts", severity: "warning", message: "'till' has a name", manifest: till },
      { rule: "unique-objects", severity: "error", message: "nothing has a label", hint: "give it one" },
    ]);
  });

  test("finds nothing where there is nothing", () => {
    expect(validateManifests(new RepositoryFacts([]), rules)).toEqual([]);
  });

  test("takes objects without a spec, without data and without labels", () => {
    const bare = [
      ["v1", "Service"],
      ["v1", "ConfigMap"],
      ["v1", "Secret"],
      ["networking.k8s.io/v1", "Ingress"],
      ["networking.k8s.io/v1", "NetworkPolicy"],
      ["gateway.networking.k8s.io/v1", "HTTPRoute"],
      ["bitnami.com/v1alpha1", "SealedSecret"],
      ["cert-manager.io/v1", "Certificate"],
      ["external-secrets.io/v1", "ExternalSecret"],
      ["apps/v1", "Deployment"],
      ["batch/v1", "CronJob"],
    ].map(([apiVersion = "", kind = ""]) => manifest({ apiVersion, kind }));
    expect(() => validateManifests(new RepositoryFacts([bookshopNamespace, ...bare]), rules)).not.toThrow();
  });

  test("shows other rules no value of a wrong type, and names the object as it is written", () => {
    const broken = manifest({ apiVersion: "apps/v1", kind: "Deployment", spec: { template: { spec: { containers: "catalogue" } } } });
    const seen: unknown[] = [];
    const looks: Rule = {
      ...names,
      check: (facts) =>
        facts.manifests.map((found) => {
          seen.push(found.document.spec);
          return { message: "seen", manifest: found };
        }),
    };
    const issues = validateManifests(new RepositoryFacts([broken]), [schema, looks]);
    expect(seen).toEqual([{ template: { spec: {} } }]);
    expect(issues.at(-1)).toEqual({ rule: "unique-hosts", severity: "warning", message: "seen", manifest: broken });
    expect(issues[0]).toMatchObject({ rule: "schema", manifest: broken });
  });

  test("knows the rules that waivers can name, in alphabetical order", () => {
    expect(rules.map(({ id }) => id)).toEqual(ruleIds);
    expect(ruleIds).toEqual([...new Set(ruleIds)].sort());
  });

  test("says the same of the same manifests a second time", () => {
    const broken = [
      bookshopNamespace,
      deployment({ serviceAccountName: "catalogue" }),
      shelf,
      shelf,
      manifest({ kind: "ConfigMap" }, platform),
    ];
    const issues = validateManifests(new RepositoryFacts(broken), rules);
    expect(issues.map(({ rule }) => rule)).toEqual(expect.arrayContaining(["service-account-exists", "unique-objects"]));
    expect(validateManifests(new RepositoryFacts(broken), rules)).toEqual(issues);
  });
});
