import { expect, test } from "@jest/globals";
import { secretManifest } from "../../../lib/validation/rules/secret-manifest.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { manifest, reported } from "../../support/manifests.ts";

const instead = "let an ExternalSecret or a SealedSecret make it";
const sops = { mac: "ENC[AES256_GCM,data:…,type:str]", version: "3.13.2" };
const ciphertext = Buffer.concat([Buffer.from([2, 0]), Buffer.alloc(512 + 16 + 7, 9)]).toString("base64");
const sealed = (encryptedData: object): ReturnType<typeof manifest> =>
  manifest({ apiVersion: "bitnami.com/v1alpha1", kind: "SealedSecret", spec: { encryptedData } });

test("what makes Secrets passes, and a Secret that somebody else fills", () => {
  expect(
    reported(secretManifest, [
      manifest({ apiVersion: "external-secrets.io/v1", kind: "ExternalSecret", spec: {} }),
      sealed({ token: ciphertext }),
      manifest({ apiVersion: "isindir.github.com/v1alpha3", kind: "SopsSecret", spec: {}, sops }),
      manifest({ kind: "Secret", metadata: { name: "argocd-secret", labels: { "app.kubernetes.io/part-of": "argocd" } } }),
      manifest({ kind: "Secret", metadata: { name: "empty" }, data: {}, stringData: {} }),
      manifest({ kind: "List", items: [{ kind: "ConfigMap", data: { greeting: "hello" } }, { kind: "Secret" }, null] }),
    ]),
  ).toEqual([]);
});

test.each(["data", "stringData"])("a Secret with %s is reported", (field) => {
  expect(reported(secretManifest, [manifest({ kind: "Secret", [field]: { password: "aHVudGVyMg==" } })])).toEqual([
    `Secret bookshop-dev/catalogue holds its data in the clear\nhint: ${instead}`,
  ]);
});

test("what SOPS encrypted is reported once, whatever its kind", () => {
  const messages = reported(secretManifest, [
    manifest({ kind: "Secret", data: { password: "ENC[AES256_GCM,data:…]" }, sops }),
    manifest({ kind: "ConfigMap", data: { password: "ENC[AES256_GCM,data:…]" }, sops }),
  ]);
  const hint = `\nhint: encrypt a SopsSecret for the SOPS operator, or ${instead}`;
  expect(messages).toEqual([
    `Secret bookshop-dev/catalogue is encrypted by SOPS, which Argo CD does not decrypt${hint}`,
    `ConfigMap bookshop-dev/catalogue is encrypted by SOPS, which Argo CD does not decrypt${hint}`,
  ]);
});

test("Secrets in a list are reported", () => {
  const secret = { kind: "Secret", data: { password: "aHVudGVyMg==" } };
  expect(
    reported(secretManifest, [
      manifest({ kind: "List", items: [secret, { kind: "Secret", stringData: { token: "hunter2" } }] }),
      manifest({ kind: "SecretList", items: [{ data: secret.data }] }),
    ]),
  ).toEqual([
    `List bookshop-dev/catalogue holds 2 Secrets in the clear\nhint: ${instead}`,
    `SecretList bookshop-dev/catalogue holds 1 Secret in the clear\nhint: ${instead}`,
  ]);
});

test("a SopsSecret that nobody encrypted is reported", () => {
  const open = manifest({ apiVersion: "isindir.github.com/v1alpha3", kind: "SopsSecret", spec: { secretTemplates: [] } });
  expect(reported(secretManifest, [open])).toEqual([
    "SopsSecret bookshop-dev/catalogue is not encrypted\nhint: run `sops encrypt --in-place` on it, see docs/secrets.md",
  ]);
});

test.each([
  ["hunter2", "is not base 64"],
  ["aHVudGVyMmh1bnRlcjI=", "does not start like a sealed value"],
  [ciphertext.slice(0, 400), "is cut off"],
  [7, "is no text"],
])("a SealedSecret whose ciphertext is none is reported: %j", (value, problem) => {
  expect(reported(secretManifest, [sealed({ token: ciphertext, password: value })])).toEqual([
    `SealedSecret bookshop-dev/catalogue has the key 'password', whose ciphertext ${problem}\n` +
      "hint: seal it again by `kubeseal`; what stood there in the clear must be replaced where it was issued",
  ]);
});

test("what to do is said in the words of definitions, where there are any", () => {
  const manifests = [manifest({ kind: "Secret", data: { password: "aHVudGVyMg==" } }), sealed({ password: "hunter2" })];
  expect(reported(secretManifest, manifests, bookshopWorld())).toEqual([
    "Secret bookshop-dev/catalogue holds its data in the clear\n" +
      "hint: say where it comes from under namespace.externalSecrets of the system, or seal it under namespace.sealedSecrets",
    "SealedSecret bookshop-dev/catalogue has the key 'password', whose ciphertext is not base 64\n" +
      "hint: seal it again by `keelson seal`; what stood there in the clear must be replaced where it was issued",
  ]);
});
