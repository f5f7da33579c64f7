import { expect, test } from "@jest/globals";
import { plaintextSecret } from "../../../lib/validation/rules/plaintext-secret.ts";
import { deployment, manifest, reported } from "../../support/manifests.ts";
import { samples } from "../plaintext/samples.ts";

const hint =
  "\nhint: replace it where it was issued, since Git keeps what was committed; then read it from a Secret that an external or a sealed secret makes, see docs/secrets.md";
const token = samples["a GitHub token"];
const tokenTitle = "a GitHub token of 40 characters that starts with 'ghp_'";
const withEnv = (...env: readonly object[]): ReturnType<typeof deployment> => deployment({ containers: [{ env }] });
const inEnv = (index: number): string => `'spec.template.spec.containers[0].env[${index}].value'${hint}`;

test("a Deployment that reads its secrets from Secrets passes", () => {
  const good = withEnv(
    { name: "DATABASE_PASSWORD", valueFrom: { secretKeyRef: { name: "database", key: "password" } } },
    { name: "DATABASE_URL", value: "postgres://catalogue:$(DATABASE_PASSWORD)@database:5432/books" },
    { name: "TOKEN_TTL", value: "3600" },
    { name: "PASSWORD_FILE", value: "/run/secrets/database/password" },
  );
  expect(reported(plaintextSecret, [good])).toEqual([]);
});

test("a token is reported wherever it stands, and never shown", () => {
  const messages = reported(plaintextSecret, [
    withEnv({ name: "GREETING", value: "hello, reader of books" }, { name: "GREETING_2", value: token }),
    manifest({ kind: "ConfigMap", data: { "notes.txt": `ask with ${token}\n` } }),
    manifest({ kind: "Service", metadata: { annotations: { "bookshop.example/note": token } }, spec: {} }),
    manifest({ apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: { annotations: { note: token } }, spec: {} }),
    manifest({ apiVersion: "example.com/v1", kind: "Webhook", spec: { urls: [["https://books.example/hook", token]] } }),
  ]);
  expect(messages).toEqual([
    `Deployment bookshop-dev/catalogue shows ${tokenTitle} in ${inEnv(1)}`,
    `ConfigMap bookshop-dev/catalogue shows ${tokenTitle} in 'data["notes.txt"]'${hint}`,
    `Service bookshop-dev/catalogue shows ${tokenTitle} in 'metadata.annotations["bookshop.example/note"]'${hint}`,
    `PodDisruptionBudget bookshop-dev/catalogue shows ${tokenTitle} in 'metadata.annotations.note'${hint}`,
    `Webhook bookshop-dev/catalogue shows ${tokenTitle} in 'spec.urls[0][1]'${hint}`,
  ]);
  expect(messages.join()).not.toContain(token.slice(4, 12));
});

test("a literal is reported by the name that promises a secret", () => {
  const found = (title: string, path: string): string => `shows the value of '${title}' in '${path}'${hint}`;
  const container = "spec.template.spec.containers[0]";
  expect(
    reported(plaintextSecret, [
      withEnv({ name: "DATABASE_PASSWORD", value: "hunter2" }),
      deployment({ containers: [{ args: ["--port", "8080", "--db-password=hunter2", "--api-key", "hunter2", "--token", "--verbose"] }] }),
      deployment({ containers: [{ command: ["sh", "-c", "export PGPASSWORD=hunter2\nexec migrate"] }] }),
      manifest({ kind: "ConfigMap", data: { API_KEY: "hunter2", "shop.properties": "db.user=shop\ndb.password=hunter2\n", PORT: "8080" } }),
      manifest({
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
        spec: { target: { template: { data: { password: "hunter2", token: "{{ .token }}" } } }, data: [{ secretKey: "password" }] },
      }),
      manifest({ apiVersion: "bitnami.com/v1alpha1", kind: "SealedSecret", spec: { template: { data: { token: "hunter2" } } } }),
    ]),
  ).toEqual([
    `Deployment bookshop-dev/catalogue ${found("DATABASE_PASSWORD", `${container}.env[0].value`)}`,
    `Deployment bookshop-dev/catalogue ${found("db-password", `${container}.args[2]`)}`,
    `Deployment bookshop-dev/catalogue ${found("api-key", `${container}.args[4]`)}`,
    `Deployment bookshop-dev/catalogue ${found("PGPASSWORD", `${container}.command[2]`)}`,
    `ConfigMap bookshop-dev/catalogue ${found("API_KEY", "data.API_KEY")}`,
    `ConfigMap bookshop-dev/catalogue ${found("db.password", 'data["shop.properties"]')}`,
    `ExternalSecret bookshop-dev/catalogue ${found("password", "spec.target.template.data.password")}`,
    `SealedSecret bookshop-dev/catalogue ${found("token", "spec.template.data.token")}`,
  ]);
});

test("one place is reported once, by what its looks tell", () => {
  expect(reported(plaintextSecret, [withEnv({ name: "GITHUB_TOKEN", value: token })])).toEqual([
    `Deployment bookshop-dev/catalogue shows ${tokenTitle} in ${inEnv(0)}`,
  ]);
});

test("the name of a Secret is no secret", () => {
  const sealed = manifest({ apiVersion: "bitnami.com/v1alpha1", kind: "SealedSecret", metadata: { name: "payment-keys" }, spec: {} });
  const reads = (name: string): ReturnType<typeof deployment> => withEnv({ name: "PAYMENT_SECRET", value: name });
  expect(reported(plaintextSecret, [sealed, reads("payment-keys")])).toEqual([]);
  expect(reported(plaintextSecret, [sealed, reads("paiment-keys")])).toHaveLength(1);
});

test("ciphertext is no secret, nor are labels, images, and what another rule reports", () => {
  const random = samples["a random text"];
  const secret = manifest({ kind: "Secret", data: { password: random } });
  const sealed = manifest({ apiVersion: "bitnami.com/v1alpha1", kind: "SealedSecret", spec: { encryptedData: { password: random } } });
  const sops = manifest({ kind: "ConfigMap", data: {}, sops: { mac: random } });
  const labelled = manifest({ kind: "Service", metadata: { labels: { commit: random } }, spec: { selector: { commit: random } } });
  expect(reported(plaintextSecret, [secret, sealed, sops, labelled])).toEqual([]);
});

test("the values of a chart are read, as text and as a map", () => {
  const application = (helm: object): ReturnType<typeof manifest> =>
    manifest({ apiVersion: "argoproj.io/v1alpha1", kind: "Application", spec: { source: { helm } } });
  const asText = application({ values: "auth:\n  adminPassword: hunter2\n  passwordSecret: database\n" });
  const asMap = application({ valuesObject: { auth: { adminPassword: "hunter2", existingSecret: "database", ttl: 5 } } });
  expect(reported(plaintextSecret, [asText])).toEqual([
    `Application bookshop-dev/catalogue shows the value of 'adminPassword' in 'spec.source.helm.values'${hint}`,
  ]);
  expect(reported(plaintextSecret, [asMap])).toEqual([
    `Application bookshop-dev/catalogue shows the value of 'adminPassword' in 'spec.source.helm.valuesObject.auth.adminPassword'${hint}`,
  ]);
  expect(reported(plaintextSecret, [application({ values: "auth:\n  existingSecret: database\n" })])).toEqual([]);
});

test("what an ApplicationSet will make is reported on the ApplicationSet alone", () => {
  const application = { apiVersion: "argoproj.io/v1alpha1", kind: "Application", spec: { source: { helm: { values: token } } } };
  const owner = { scope: "expanded", controlPlane: "central", applicationSet: "bookshop", environment: "dev" } as const;
  expect(reported(plaintextSecret, [manifest(application, owner)])).toEqual([]);
  expect(reported(plaintextSecret, [manifest(application)])).toHaveLength(1);
});

test("whatever a document holds, nothing throws", () => {
  const odd = [null, 7, "text", [null, [7]], { data: null }, { template: 7, target: "x" }, { template: { data: [7] } }];
  const manifests = odd.flatMap((value) => [
    manifest({ kind: "ConfigMap", data: value }),
    manifest({ kind: "Deployment", spec: value }),
    manifest({ kind: "ServiceAccount", spec: value, metadata: { annotations: value as never } }),
  ]);
  expect(reported(plaintextSecret, manifests)).toEqual([]);
});
