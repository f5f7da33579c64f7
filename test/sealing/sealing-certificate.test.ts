import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "@jest/globals";
import { readSealingCertificate } from "../../lib/sealing/sealing-certificate.ts";
import { caught } from "../support/caught.ts";
import { selfSigned } from "../support/self-signed-certificate.ts";

const hint = "take the controller's own: `kubeseal --fetch-cert`, see docs/secrets.md";
const read = (pem: string) => readSealingCertificate(pem, "main.pem");
const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });

test("the key and the days of a certificate are read, of several those of the first", () => {
  const { certificate } = selfSigned({ from: "20260301000000Z", to: "20270301120000Z" });
  const { publicKey, validFrom, validTo } = read(`# fetched today\r\n${certificate.replaceAll("\n", "\r\n")}${selfSigned().certificate}`);
  expect([validFrom, validTo]).toEqual(["Mar  1 00:00:00 2026 GMT", "Mar  1 12:00:00 2027 GMT"]);
  expect(publicKey.asymmetricKeyType).toBe("rsa");
});

test.each<[string, () => string, string]>([
  ["no PEM", () => "hunter2", `'main.pem' is no certificate in PEM\nhint: ${hint}`],
  ["nothing", () => "", `'main.pem' is no certificate in PEM\nhint: ${hint}`],
  [
    "a public key",
    () => keys.publicKey.export({ type: "spki", format: "pem" }).toString(),
    `'main.pem' is no certificate, got 'public key'\nhint: ${hint}`,
  ],
  [
    "a private key",
    () => keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    `'main.pem' is no certificate, got a private key\nhint: whoever has the controller's private key reads every secret: keep it out of here; ${hint}`,
  ],
  [
    "a certificate that is cut off",
    () => `${selfSigned().certificate.slice(0, 200)}\n-----END CERTIFICATE-----\n`,
    `the certificate 'main.pem' cannot be read\nhint: ${hint}`,
  ],
  [
    "a certificate of another kind",
    () => selfSigned({ key: { type: "ec" } }).certificate,
    `the certificate 'main.pem' has no RSA key, got 'ec'\nhint: ${hint}`,
  ],
  [
    "a key that is too short",
    () => selfSigned({ key: { type: "rsa", bits: 1024 } }).certificate,
    `the RSA key of the certificate 'main.pem' is too short, got 1024 bits\nhint: ${hint}`,
  ],
])("%s is refused", (_, pem, message) => {
  expect(caught(() => read(pem()))).toBe(message);
});
