import { describe, expect, test } from "@jest/globals";
import { type ResolvedSystem, resolveSystems } from "../../lib/synth/resolve-systems.ts";
import { systemApplicationSet } from "../../lib/synth/system-application-set.ts";
import { clusterSystemApplications, systemApplications } from "../../lib/synth/system-applications.ts";
import { warehouse } from "../fixtures/bookshop/apps/warehouse/system.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { eu } from "../fixtures/bookshop/environments/clusters.ts";
import { dev } from "../fixtures/bookshop/environments/dev/environment.ts";
import { production } from "../fixtures/bookshop/environments/production/environment.ts";
import { bookshopPins } from "../fixtures/bookshop/render.ts";
import { caught } from "../support/caught.ts";
import { fieldAt } from "../support/field-at.ts";

const resolved = resolveSystems(bookshop, bookshopPins);
const place = { repository: bookshop.repository, controlPlane: bookshop.controlPlanes[0]! };

function system(name: string, environment: string): ResolvedSystem {
  return resolved.systems.find((entry) => entry.system.name === name && entry.environment.name === environment)!;
}

const confirm = "Prune=confirm,Delete=confirm";

describe("the Applications of a system", () => {
  test("of one for each service read a unit's folder, without those below", () => {
    const applications = systemApplications(system("bookshop", "production"), place).map(({ document }) => document);
    expect(
      applications.map(({ metadata, spec }) => [metadata.name, fieldAt(spec, "source.path"), fieldAt(spec, "destination.server")]),
    ).toEqual(
      [
        ["eu", "https://kubernetes.default.svc"],
        ["us", "https://us.clusters.paperback.example:6443"],
      ].flatMap(([cluster, server]) =>
        ["namespace", "catalogue", "storefront"].map((unit) => [
          `bookshop-${unit}-production-${cluster!}`,
          `generated/yaml/production/${cluster!}/bookshop/${unit}`,
          server,
        ]),
      ),
    );
    for (const { spec } of applications) expect(fieldAt(spec, "source")).not.toHaveProperty("directory");
  });

  test("of one for the whole system read its folder with all below", () => {
    const [application] = systemApplications(system("warehouse", "dev"), place);
    expect(fieldAt(application!.document, "spec.source")).toEqual({
      repoURL: "https://git.paperback.example/books/gitops.git",
      targetRevision: "trunk",
      path: "generated/yaml/dev/eu/warehouse",
      directory: { recurse: true },
    });
    expect(application!.owner).toEqual({ scope: "delivery", controlPlane: "central", group: "dev", environment: "dev" });
  });

  test("sync as the environment's policy says, a namespace's always by itself and without pruning", () => {
    const automated = (environment: string): unknown[] =>
      systemApplications(system("bookshop", environment), place).map(({ document }) => fieldAt(document, "spec.syncPolicy.automated"));
    const everything = { allowEmpty: false, prune: true, selfHeal: true };
    const careful = { allowEmpty: false, prune: false, selfHeal: true };
    expect(automated("dev")).toEqual([careful, everything, everything]);
    expect(automated("production")).toEqual([careful, undefined, undefined, careful, undefined, undefined]);
  });

  test("take what they deployed along when they go, but never a namespace", () => {
    const finalizers = systemApplications(system("bookshop", "dev"), place).map(({ document }) => document.metadata.finalizers);
    expect(finalizers).toEqual([undefined, ["resources-finalizer.argocd.argoproj.io"], ["resources-finalizer.argocd.argoproj.io"]]);
  });

  test("wait for a confirmation before they go where changes need a pull request", () => {
    const options = (environment: string): unknown[] =>
      systemApplications(system("warehouse", environment), place).map(
        ({ document }) => document.metadata.annotations?.["argocd.argoproj.io/sync-options"],
      );
    expect(options("dev")).toEqual([undefined]);
    expect(options("production")).toEqual([confirm, confirm]);
  });

  test("wait for it where the system deviates to pull requests, and do not where it deviates from them", () => {
    const deviations = [
      { environment: dev, policy: { approval: "pull-request" }, reason: "dev's stock is counted by hand" },
      { environment: production, policy: { approval: "promotion" }, reason: "the stock is counted anew every night" },
    ] as const;
    const { systems } = resolveSystems({ ...bookshop, systems: [{ ...warehouse, deviations }] }, bookshopPins);
    const options = systems
      .flatMap((entry) => systemApplications(entry, place))
      .map(({ document: { metadata } }) => [metadata.name, metadata.annotations?.["argocd.argoproj.io/sync-options"]]);
    expect(options).toEqual([
      ["warehouse-dev", confirm],
      ["warehouse-production-eu", undefined],
      ["warehouse-production-us", undefined],
    ]);
  });

  test("live where Argo CD does", () => {
    const elsewhere = { ...place, controlPlane: { ...place.controlPlane, namespace: "delivery" } };
    const [application] = systemApplications(system("warehouse", "dev"), elsewhere);
    expect(application!.document.metadata.namespace).toBe("delivery");
  });
});

describe("the ApplicationSet of a system", () => {
  const entries = ["dev", "production"].map((environment) => system("recommendations", environment));

  test("has an element for each environment and cluster", () => {
    const [set] = systemApplicationSet(entries, place);
    expect(set!.owner).toEqual({ scope: "control-plane", controlPlane: "central" });
    expect(fieldAt(set!.document, "spec.generators")).toEqual([
      {
        list: {
          elements: [
            {
              application: "recommendations-dev",
              environment: "dev",
              cluster: "eu",
              server: "https://kubernetes.default.svc",
              automated: { prune: true, selfHeal: true },
            },
            ...[
              ["eu", "https://kubernetes.default.svc"],
              ["us", "https://us.clusters.paperback.example:6443"],
            ].map(([cluster, server]) => ({
              application: `recommendations-production-${cluster!}`,
              environment: "production",
              cluster,
              server,
              automated: { prune: false, selfHeal: true },
            })),
          ],
        },
      },
    ]);
    expect(fieldAt(set!.document, "spec.goTemplateOptions")).toEqual(["missingkey=error"]);
  });

  test("comes with the Applications that it will make, as if they had been written by hand", () => {
    const [, ...expanded] = systemApplicationSet(entries, place);
    expect(expanded.map(({ owner }) => owner)).toEqual(
      ["dev", "production", "production"].map((environment) => ({
        scope: "expanded",
        controlPlane: "central",
        applicationSet: "recommendations",
        environment,
      })),
    );
    const byHand = entries.flatMap((entry) => systemApplications(entry, place)).map(({ document }) => document);
    for (const [index, { document }] of expanded.entries()) {
      expect(document.spec).toEqual(byHand[index]!.spec);
      expect(document.metadata.name).toBe(byHand[index]!.metadata.name);
      expect(document.metadata.labels).toEqual(byHand[index]!.metadata.labels);
    }
  });

  test("needs the address of every cluster", () => {
    const [entry] = entries;
    const byName = { ...entry!, environment: { ...entry!.environment, clusters: [{ ...eu, destination: { name: "eu" } }] as const } };
    expect(caught(() => systemApplicationSet([byName], place))).toBe(
      "the ApplicationSet of 'recommendations' needs the server of cluster 'eu', which is known by name only\n" +
        'hint: give the cluster\'s destination as { server: … }, or deliver the system with applications: "per-system"',
    );
  });

  test("is none where there is no system", () => {
    expect(systemApplicationSet([], place)).toEqual([]);
  });
});

test("the Applications of a cluster-wide system heal, prune nothing and make no namespace", () => {
  const secrets = resolved.clusterSystems.find(({ system: { name }, cluster }) => name === "secrets" && cluster.name === "us")!;
  const applications = clusterSystemApplications(secrets, place);
  expect(applications.map(({ document }) => document.metadata.name)).toEqual(["secrets-image-trust-us", "secrets-secret-stores-us"]);
  const application = applications[1];
  expect(application!.owner).toEqual({ scope: "delivery", controlPlane: "central", group: "platform", environment: undefined });
  const { metadata, spec } = application!.document;
  expect(metadata.name).toBe("secrets-secret-stores-us");
  expect(metadata.annotations?.["argocd.argoproj.io/sync-options"]).toBe(confirm);
  expect(metadata.finalizers).toBeUndefined();
  expect(fieldAt(spec, "source.path")).toBe("generated/yaml/clusters/us/secret-stores");
  expect(fieldAt(spec, "project")).toBe("secrets-us");
  expect(fieldAt(spec, "destination")).toEqual({ namespace: "external-secrets", server: "https://us.clusters.paperback.example:6443" });
  expect(fieldAt(spec, "syncPolicy.automated")).toEqual({ allowEmpty: false, prune: false, selfHeal: true });
  expect(fieldAt(spec, "syncPolicy")).not.toHaveProperty("syncOptions");
});
