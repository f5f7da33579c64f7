import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { secretStoreExists } from "../../../lib/validation/rules/secret-store-exists.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { manifest, platform, reported } from "../../support/manifests.ts";

const apiVersion = "external-secrets.io/v1";
const metadata = { name: "db-credentials" };
const clusterAdvice = "add it to the ClusterSecretStores of that cluster";

function externalSecret(secretStoreRef: object | undefined, spec: object = {}): Manifest {
  return manifest({ apiVersion, kind: "ExternalSecret", metadata, spec: { ...(secretStoreRef && { secretStoreRef }), ...spec } });
}

function clusterStore(spec: object = {}, cluster = "dev-eu"): Manifest {
  const owner = { ...platform, cluster };
  return manifest({ apiVersion, kind: "ClusterSecretStore", metadata: { name: "bookshop-vault", namespace: undefined }, spec }, owner);
}

const store = manifest({ apiVersion, kind: "SecretStore", metadata: { name: "own-vault" } });
const shared = externalSecret({ name: "bookshop-vault", kind: "ClusterSecretStore" });
const own = externalSecret({ name: "own-vault", kind: "SecretStore" });

describe("secret-store-exists", () => {
  test.each([
    ["open to all", {}],
    ["open to the namespace", { conditions: [{ namespaces: ["library-dev"] }, { namespaces: ["bookshop-dev"] }] }],
    ["open by labels", { conditions: [{ namespaceSelector: { matchLabels: { team: "books" } } }] }],
    ["open by a regular expression", { conditions: [{ namespaceRegexes: ["bookshop-.*"] }] }],
  ])("lets a ClusterSecretStore of the cluster pass that is %s", (_title, spec) => {
    expect(reported(secretStoreExists, [shared, clusterStore(spec)])).toEqual([]);
  });

  test("lets a SecretStore of the namespace pass, which is the kind unless said", () => {
    expect(reported(secretStoreExists, [own, externalSecret({ name: "own-vault" }), store])).toEqual([]);
  });

  test("lets an ExternalSecret pass that names no store: it has a generator", () => {
    expect(
      reported(secretStoreExists, [externalSecret(undefined, { dataFrom: [{ sourceRef: { generatorRef: { name: "password" } } }] })]),
    ).toEqual([]);
  });

  test("reports a ClusterSecretStore that the cluster has not", () => {
    expect(reported(secretStoreExists, [shared, clusterStore({}, "dev-us")])).toEqual([
      `ExternalSecret bookshop-dev/db-credentials comes from ClusterSecretStore 'bookshop-vault', which nothing makes on cluster 'dev-eu'\nhint: ${clusterAdvice}`,
    ]);
  });

  test("asks for a ClusterSecretStore where definitions say what the cluster has, and not of plain manifests without any", () => {
    expect(reported(secretStoreExists, [shared])).toEqual([]);
    expect(reported(secretStoreExists, [shared], bookshopWorld())).toHaveLength(1);
  });

  test("names the nearest ClusterSecretStore", () => {
    expect(reported(secretStoreExists, [externalSecret({ name: "bookshop-valt", kind: "ClusterSecretStore" }), clusterStore()])).toEqual([
      `ExternalSecret bookshop-dev/db-credentials comes from ClusterSecretStore 'bookshop-valt', which nothing makes on cluster 'dev-eu'\nhint: ${clusterAdvice}, or mend the name; the nearest there: 'bookshop-vault'`,
    ]);
  });

  test("reports a ClusterSecretStore that does not serve the namespace", () => {
    const says =
      "ExternalSecret bookshop-dev/db-credentials comes from ClusterSecretStore 'bookshop-vault', which does not serve namespace 'bookshop-dev'";
    const hint = "hint: add 'bookshop-dev' to the namespaces of the store in the ClusterSecretStores of that cluster; it serves";
    expect(
      reported(secretStoreExists, [shared, clusterStore({ conditions: [{ namespaces: ["library-dev", "bookshop-staging"] }] })]),
    ).toEqual([`${says}\n${hint} 'bookshop-staging', 'library-dev'`]);
    expect(reported(secretStoreExists, [shared, clusterStore({ conditions: [{ namespaces: [] }] })])).toEqual([`${says}\n${hint} none`]);
  });

  test("reports a SecretStore that the namespace has not", () => {
    const elsewhere = manifest({ apiVersion, kind: "SecretStore", metadata: { name: "own-vault", namespace: "bookshop-staging" } });
    const says = "ExternalSecret bookshop-dev/db-credentials comes from SecretStore 'own-vault', which nothing makes in 'bookshop-dev'";
    const hint = "hint: render it beside the ExternalSecret";
    expect(reported(secretStoreExists, [own, elsewhere])).toEqual([`${says}\n${hint}`]);
    expect(reported(secretStoreExists, [own, manifest({ apiVersion, kind: "SecretStore", metadata: { name: "own-valt" } })])).toEqual([
      `${says}\n${hint}, or mend the name; the nearest there: 'own-valt'`,
    ]);
  });

  test("says nothing of SecretStores in namespaces that nobody declares", () => {
    const secret = manifest(
      { apiVersion, kind: "ExternalSecret", metadata: { namespace: "argocd" }, spec: { secretStoreRef: { name: "own-vault" } } },
      platform,
    );
    expect(reported(secretStoreExists, [secret])).toEqual([]);
  });

  test("reads the stores of single keys, and says each missing store once", () => {
    const storeRef = { name: "old-vault", kind: "ClusterSecretStore" };
    const secret = externalSecret({ name: "own-vault" }, { data: [{ sourceRef: { storeRef } }], dataFrom: [{ sourceRef: { storeRef } }] });
    expect(reported(secretStoreExists, [secret, store], bookshopWorld())).toEqual([
      `ExternalSecret bookshop-dev/db-credentials comes from ClusterSecretStore 'old-vault', which nothing makes on cluster 'dev-eu'\nhint: ${clusterAdvice}`,
    ]);
  });
});
