import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { secretExists } from "../../../lib/validation/rules/secret-exists.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { bookshopNamespace, deployment, manifest, platform, reported } from "../../support/manifests.ts";

const advice = "let an ExternalSecret or a SealedSecret make it";

function externalSecret(spec: object = {}, name = "db-credentials", namespace = "bookshop-dev"): Manifest {
  return manifest({
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name, namespace },
    spec: { data: [{ secretKey: "username" }, { secretKey: "password" }], ...spec },
  });
}

function ingress(annotations: Record<string, string> = {}): Manifest {
  return manifest({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { annotations },
    spec: { tls: [{ hosts: ["bookshop.example"], secretName: "catalogue-tls" }, { hosts: ["default.example"] }] },
  });
}

function readsKey(key: string, name = "db-credentials", optional = false): Manifest {
  return deployment({
    containers: [{ env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name, key, ...(optional && { optional }) } } }] }],
  });
}

const readsWhole = deployment({ containers: [{ envFrom: [{ secretRef: { name: "db-credentials" } }] }] });
const missing = `Deployment bookshop-dev/catalogue reads Secret 'db-credentials', which nothing makes in 'bookshop-dev'\nhint: ${advice}`;

describe("secret-exists", () => {
  test("lets every way to read a Secret pass where an ExternalSecret makes it", () => {
    const pods = deployment({
      initContainers: [{ name: "wait", image: "registry.example/bookshop/wait:1", envFrom: [{ secretRef: { name: "db-credentials" } }] }],
      containers: [{ env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db-credentials", key: "password" } } }] }],
      volumes: [
        { name: "whole", secret: { secretName: "db-credentials" } },
        { name: "one", secret: { secretName: "db-credentials", items: [{ key: "username", path: "user" }] } },
        { name: "projected", projected: { sources: [{ secret: { name: "db-credentials" } }] } },
      ],
      imagePullSecrets: [{ name: "db-credentials" }],
    });
    expect(reported(secretExists, [pods, externalSecret()])).toEqual([]);
  });

  test("knows the Secrets of a SopsSecret, and their keys", () => {
    const secretTemplates = [{ name: "db-credentials", stringData: { password: "ENC[…]" } }, null];
    const sops = manifest({ apiVersion: "isindir.github.com/v1alpha3", kind: "SopsSecret", spec: { secretTemplates } });
    expect(reported(secretExists, [sops, readsKey("password")])).toEqual([]);
    expect(reported(secretExists, [sops, readsKey("pin")])).toEqual([
      "Deployment bookshop-dev/catalogue reads key 'pin' of Secret 'db-credentials', which has no such key\nhint: its keys are: 'password'",
    ]);
  });

  test.each([
    ["envFrom", readsWhole],
    ["a key", readsKey("password")],
    [
      "an init container",
      deployment({ initContainers: [{ name: "wait", image: "w", envFrom: [{ secretRef: { name: "db-credentials" } }] }] }),
    ],
    ["a volume", deployment({ volumes: [{ name: "db", secret: { secretName: "db-credentials" } }] })],
    ["a projected volume", deployment({ volumes: [{ name: "db", projected: { sources: [{ secret: { name: "db-credentials" } }] } }] })],
    ["imagePullSecrets", deployment({ imagePullSecrets: [{ name: "db-credentials" }] })],
  ])("reports a Secret that nothing makes, read by %s", (_title, pods) => {
    expect(reported(secretExists, [pods])).toEqual([missing]);
  });

  test("reads the Pods of a CronJob", () => {
    const spec = { containers: [{ name: "sweep", image: "s", envFrom: [{ secretRef: { name: "db-credentials" } }] }] };
    const cronJob = manifest({ apiVersion: "batch/v1", kind: "CronJob", spec: { jobTemplate: { spec: { template: { spec } } } } });
    expect(reported(secretExists, [cronJob])).toEqual([missing.replace("Deployment", "CronJob")]);
  });

  test("says a missing Secret once, however many keys are read, and names the nearest", () => {
    const env = ["username", "password"].map((key) => ({ name: key, valueFrom: { secretKeyRef: { name: "db-credential", key } } }));
    expect(reported(secretExists, [deployment({ containers: [{ env }] }), externalSecret(), externalSecret({}, "payments")])).toEqual([
      `Deployment bookshop-dev/catalogue reads Secret 'db-credential', which nothing makes in 'bookshop-dev'\nhint: ${advice}, or mend the name; the nearest there: 'db-credentials', 'payments'`,
    ]);
  });

  test("does not look into other namespaces", () => {
    expect(reported(secretExists, [readsWhole, externalSecret({}, "db-credentials", "bookshop-staging")])).toEqual([missing]);
  });

  test("says nothing of namespaces that nobody declares", () => {
    const pods = manifest(
      { kind: "Pod", metadata: { namespace: "argocd" }, spec: { containers: [], imagePullSecrets: [{ name: "registry" }] } },
      platform,
    );
    expect(reported(secretExists, [pods])).toEqual([]);
  });

  test("lets an optional Secret and an optional key be missing", () => {
    expect(reported(secretExists, [readsKey("password", "db-credentials", true)])).toEqual([]);
    expect(reported(secretExists, [readsKey("token", "db-credentials", true), externalSecret()])).toEqual([]);
    const volume = { name: "db", secret: { secretName: "db-credentials", optional: true } };
    expect(reported(secretExists, [deployment({ volumes: [volume] })])).toEqual([]);
  });

  test.each([
    [
      "a SealedSecret",
      manifest({
        apiVersion: "bitnami.com/v1alpha1",
        kind: "SealedSecret",
        metadata: { name: "db-credentials" },
        spec: { encryptedData: { password: "AgB…" } },
      }),
    ],
    ["an ExternalSecret by its target", externalSecret({ target: { name: "db-credentials", creationPolicy: "Orphan" } }, "database")],
    ["an ExternalSecret that merges", externalSecret({ target: { creationPolicy: "Merge" } })],
    ["a Certificate", manifest({ apiVersion: "cert-manager.io/v1", kind: "Certificate", spec: { secretName: "db-credentials" } })],
    ["a Secret as it stands", manifest({ kind: "Secret", metadata: { name: "db-credentials" }, stringData: { password: "…" } })],
  ])("takes %s for the maker", (_title, maker) => {
    expect(reported(secretExists, [readsKey("password"), maker])).toEqual([]);
  });

  test("takes no ExternalSecret for the maker that makes another Secret or none", () => {
    expect(reported(secretExists, [readsWhole, externalSecret({ target: { creationPolicy: "None" } })])).toEqual([missing]);
    expect(reported(secretExists, [readsWhole, externalSecret({ target: { name: "database" } })])).toEqual([
      `${missing}, or mend the name; the nearest there: 'database'`,
    ]);
  });

  test("reports a key that the Secret will not have", () => {
    expect(reported(secretExists, [readsKey("pasword"), externalSecret()])).toEqual([
      "Deployment bookshop-dev/catalogue reads key 'pasword' of Secret 'db-credentials', which has no such key\nhint: its keys are: 'password', 'username'",
    ]);
    const items = [{ key: "ca.crt", path: "ca" }];
    const volume = deployment({ volumes: [{ name: "db", secret: { secretName: "db-credentials", items } }] });
    expect(reported(secretExists, [volume, externalSecret({ data: [] })])).toEqual([
      "Deployment bookshop-dev/catalogue reads key 'ca.crt' of Secret 'db-credentials', which has no such key\nhint: it has no key at all",
    ]);
  });

  test.each([
    ["replaces the data", { template: { data: { url: "…" } } }, ["url"], ["password"]],
    ["is merged with the data", { template: { data: { url: "…" }, mergePolicy: "Merge" } }, ["url", "password"], ["token"]],
    ["has no keys", { template: { type: "kubernetes.io/basic-auth" } }, ["password"], ["url"]],
  ])("knows the keys where a template %s", (_title, target, present, absent) => {
    for (const key of present) expect(reported(secretExists, [readsKey(key), externalSecret({ target })])).toEqual([]);
    for (const key of absent) expect(reported(secretExists, [readsKey(key), externalSecret({ target })])).toHaveLength(1);
  });

  test.each([
    ["dataFrom", { dataFrom: [{ extract: { key: "db" } }] }],
    ["a template from elsewhere", { target: { template: { templateFrom: [{ configMap: { name: "db-template" } }] } } }],
    ["keys merged into somebody else's Secret", { target: { creationPolicy: "Merge" } }],
  ])("takes any key where only the cluster knows them: %s", (_title, spec) => {
    expect(reported(secretExists, [readsKey("token"), externalSecret(spec)])).toEqual([]);
  });

  test("adds merged keys to those of the Secret's maker", () => {
    const merging = externalSecret(
      { data: [{ secretKey: "token" }], target: { name: "db-credentials", creationPolicy: "Merge" } },
      "db-token",
    );
    expect(reported(secretExists, [readsKey("token"), merging, externalSecret()])).toEqual([]);
    expect(reported(secretExists, [readsKey("tokens"), merging, externalSecret()])).toEqual([
      "Deployment bookshop-dev/catalogue reads key 'tokens' of Secret 'db-credentials', which has no such key\nhint: its keys are: 'token', 'username', 'password'",
    ]);
  });

  test.each(["cert-manager.io/cluster-issuer", "cert-manager.io/issuer"])(
    "takes cert-manager for the maker of an Ingress' certificate: %s",
    (issuer) => {
      expect(reported(secretExists, [ingress({ [issuer]: "letsencrypt" })])).toEqual([]);
    },
  );

  test("reports an Ingress whose certificate nothing makes", () => {
    expect(reported(secretExists, [ingress()])).toEqual([
      `Ingress bookshop-dev/catalogue takes its certificate from Secret 'catalogue-tls', which nothing makes in 'bookshop-dev'\nhint: let cert-manager, an ExternalSecret or a SealedSecret make it`,
    ]);
    expect(reported(secretExists, [ingress(), externalSecret({}, "catalogue-tls")])).toEqual([]);
  });

  test("says what to do in the words of definitions, where there are any", () => {
    const declare = "declare it under namespace.externalSecrets of the system";
    const hints = secretExists
      .check(new RepositoryFacts([bookshopNamespace, readsWhole, ingress()], bookshopWorld()))
      .map(({ hint }) => hint);
    expect(hints).toEqual([declare, `let cert-manager make it with Tls.issuedBy(…), ${declare}`]);
  });

  test("only warns where a custom resource may make the Secret", () => {
    const database = manifest({ apiVersion: "postgresql.cnpg.io/v1", kind: "Cluster" });
    const severities = (manifests: readonly Manifest[]): unknown[] =>
      secretExists.check(new RepositoryFacts([bookshopNamespace, readsWhole, ...manifests])).map(({ severity }) => severity);
    expect(severities([])).toEqual([undefined]);
    expect(severities([database])).toEqual(["warning"]);
  });
});
