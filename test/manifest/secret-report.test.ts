import { expect, test } from "@jest/globals";
import type { Manifest } from "../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../lib/manifest/repository-facts.ts";
import { secretReport } from "../../lib/manifest/secret-report.ts";
import { deployment, manifest, platform, unitOf } from "../support/manifests.ts";

const report = (...manifests: readonly Manifest[]) => secretReport(new RepositoryFacts(manifests));

/** Of every Secret who makes it: `name: kind from source [keys]`. */
function makers(...manifests: readonly Manifest[]): string[] {
  return report(...manifests).flatMap(({ secrets }) =>
    secrets.flatMap(({ name, makers: all }) =>
      all.map(({ manifest: { document }, from, keys, adds }) => {
        const list = keys === "unknown" ? keys : keys.map(({ key, remote }) => (remote === undefined ? key : `${key}=${remote}`)).join();
        return `${name}: ${document.kind} from ${from ?? "nowhere"} [${list}]${adds ? " adds" : ""}`;
      }),
    ),
  );
}

const external = (name: string, spec: object): Manifest =>
  manifest({ apiVersion: "external-secrets.io/v1", kind: "ExternalSecret", metadata: { name }, spec });
const sealed = (name: string, annotations?: Record<string, string>): Manifest =>
  manifest({
    apiVersion: "bitnami.com/v1alpha1",
    kind: "SealedSecret",
    metadata: { name, ...(annotations && { annotations }) },
    spec: { encryptedData: { pin: "…" } },
  });

test("an external secret names its store, and each key as the provider calls it", () => {
  const data = [
    { secretKey: "user", remoteRef: { key: "database", property: "user" } },
    { secretKey: "password", remoteRef: { key: "database-password", version: "7" } },
  ];
  expect(
    makers(
      external("database", { secretStoreRef: { name: "vault", kind: "ClusterSecretStore" }, data }),
      external("keys", { secretStoreRef: { name: "own" }, dataFrom: [{ extract: { key: "keys" } }] }),
      external("more", { target: { name: "argocd-secret", creationPolicy: "Merge" }, data: [{ secretKey: "token" }] }),
    ),
  ).toEqual([
    "argocd-secret: ExternalSecret from nowhere [token=] adds",
    "database: ExternalSecret from ClusterSecretStore vault [password=database-password@7,user=database.user]",
    "keys: ExternalSecret from SecretStore own [unknown]",
  ]);
});

test("a sealed secret says its scope, and others what they have", () => {
  expect(
    makers(
      sealed("a"),
      sealed("b", { "sealedsecrets.bitnami.com/namespace-wide": "true" }),
      sealed("c", { "sealedsecrets.bitnami.com/cluster-wide": "true" }),
      manifest({
        apiVersion: "cert-manager.io/v1",
        kind: "Certificate",
        spec: { secretName: "d", issuerRef: { name: "letsencrypt", kind: "ClusterIssuer" } },
      }),
      manifest({
        apiVersion: "isindir.github.com/v1alpha3",
        kind: "SopsSecret",
        spec: { secretTemplates: [{ name: "e", stringData: { pin: "ENC[…]" }, data: { code: "ENC[…]" } }] },
      }),
      manifest({
        apiVersion: "networking.k8s.io/v1",
        kind: "Ingress",
        metadata: { annotations: { "cert-manager.io/issuer": "own" } },
        spec: { tls: [{ secretName: "f" }] },
      }),
      manifest({ kind: "Secret", metadata: { name: "g" }, stringData: { pin: "…" } }),
    ),
  ).toEqual([
    "a: SealedSecret from strict [pin]",
    "b: SealedSecret from namespace-wide [pin]",
    "c: SealedSecret from cluster-wide [pin]",
    "d: Certificate from ClusterIssuer letsencrypt [unknown]",
    "e: SopsSecret from nowhere [code,pin]",
    "f: Ingress from own [unknown]",
    "g: Secret from nowhere [pin]",
  ]);
});

test("Secrets are listed by environment, cluster and namespace, with those who read them", () => {
  const env = [{ name: "PIN", valueFrom: { secretKeyRef: { name: "till", key: "pin" } } }];
  const production = unitOf("catalogue", { environment: "production", cluster: "eu" });
  const places = report(
    { ...sealed("till"), owner: production },
    sealed("till"),
    sealed("spare"),
    deployment({ containers: [{ env }], imagePullSecrets: [{ name: "registry-login" }] }),
    manifest({ apiVersion: "networking.k8s.io/v1", kind: "Ingress", spec: { tls: [{ secretName: "till" }] } }),
    manifest({ kind: "Secret", metadata: { name: "key", namespace: "vault" } }, platform),
  );
  expect(
    places.map(({ environment, cluster, namespace, secrets }) => ({
      place: [environment, cluster, namespace].join(" "),
      secrets: secrets.map(({ name, makers: all, readers }) => [
        name,
        all.length,
        ...readers.map((reader) => `${reader.manifest.document.kind} ${reader.as} ${reader.onRotation}`),
      ]),
    })),
  ).toEqual([
    { place: " dev-eu vault", secrets: [["key", 1]] },
    {
      place: "dev dev-eu bookshop-dev",
      secrets: [
        ["registry-login", 0, "Deployment image-pull next-pull"],
        ["spare", 1],
        ["till", 1, "Deployment environment next-start", "Ingress certificate at-once"],
      ],
    },
    { place: "production eu bookshop-dev", secrets: [["till", 1]] },
  ]);
});

test("documents that lack everything are no trouble", () => {
  expect(makers(external("a", {}), manifest({ apiVersion: "cert-manager.io/v1", kind: "Certificate" }))).toEqual([
    "a: ExternalSecret from nowhere []",
  ]);
});
