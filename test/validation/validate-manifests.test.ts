import { describe, expect, test } from "@jest/globals";
import { RepositoryFacts } from "../../lib/manifest/repository-facts.ts";
import type { Rule } from "../../lib/validation/rule.ts";
import { rules } from "../../lib/validation/rules.ts";
import { validateManifests } from "../../lib/validation/validate-manifests.ts";
import { bookshopNamespace, deployment, manifest, platform } from "../support/manifests.ts";

const shelf = manifest({ kind: "ConfigMap", metadata: { name: "shelf" } });
const till = manifest({ kind: "ConfigMap", metadata: { name: "till" } });

const names: Rule = {
  id: "names",
  severity: "warning",
  title: "Nothing has a name.",
  check: (facts) => facts.manifests.map((found) => ({ message: `'${found.document.metadata.name}' has a name`, manifest: found })),
};
const labels: Rule = {
  id: "labels",
  severity: "error",
  title: "Everything has a label.",
  check: () => [{ message: "nothing has a label", hint: "give it one" }],
};

describe("validateManifests", () => {
  test("gives every finding its rule and severity, in the order of rules and objects", () => {
    expect(validateManifests(new RepositoryFacts([shelf, till]), [names, labels])).toEqual([
      { rule: "names", severity: "warning", message: "'shelf' has a name", manifest: shelf },
      { rule: "names", severity: "warning", message: "'till' has a name", manifest: till },
      { rule: "labels", severity: "error", message: "nothing has a label", hint: "give it one" },
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
    expect(validateManifests(new RepositoryFacts([bookshopNamespace, ...bare]), rules)).toEqual([]);
  });

  test("every rule is an error, and they stand in alphabetical order", () => {
    const ids = rules.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
    expect(rules.filter(({ severity }) => severity !== "error")).toEqual([]);
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
    expect(issues.map(({ rule }) => rule)).toEqual(["service-account-exists", "unique-objects"]);
    expect(validateManifests(new RepositoryFacts(broken), rules)).toEqual(issues);
  });
});
