import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { SecretValue } from "../../lib/definition/secret-value.ts";
import { sealedCiphertextProblem } from "../../lib/manifest/sealed-ciphertext.ts";
import { seal } from "../../lib/sealing/seal.ts";
import { readSealingCertificate } from "../../lib/sealing/sealing-certificate.ts";
import { sealingLabel } from "../../lib/sealing/sealing-label.ts";
import { selfSigned } from "../support/self-signed-certificate.ts";
import { unseal } from "../support/unseal.ts";

const { certificate, privateKey } = selfSigned();
const { publicKey } = readSealingCertificate(certificate, "main.pem");
const label = "bookshop-dev/loyalty-token";
const sealText = (text: string): string => seal(SecretValue.of(Buffer.from(text)), publicKey, label);

describe("a sealed value", () => {
  test("opens to the same bytes, whatever they are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4000 }), fc.string(), (value, bound) => {
        const ciphertext = seal(SecretValue.of(value), publicKey, bound);
        expect(sealedCiphertextProblem(ciphertext)).toBeUndefined();
        expect(unseal(ciphertext, privateKey, bound)).toEqual(Buffer.from(value));
      }),
      { numRuns: 30 },
    );
  });

  test("does not open under another label, with another key, or when a byte has changed", () => {
    const ciphertext = sealText("open-sesame");
    const changed = Buffer.from(ciphertext, "base64");
    changed[changed.length - 20]! ^= 1;
    expect(() => unseal(ciphertext, privateKey, "bookshop-production/loyalty-token")).toThrow();
    expect(() => unseal(ciphertext, selfSigned().privateKey, label)).toThrow();
    expect(() => unseal(changed.toString("base64"), privateKey, label)).toThrow();
  });

  test("is never twice the same, and does not show how it begins", () => {
    expect(sealText("open-sesame")).not.toBe(sealText("open-sesame"));
    expect(Buffer.from(sealText("open-sesame"), "base64").includes("sesame")).toBe(false);
  });
});

test.each([
  ["strict", "bookshop-dev/loyalty-token"],
  ["namespace-wide", "bookshop-dev"],
  ["cluster-wide", ""],
] as const)("the scope %s binds to '%s'", (scope, bound) => {
  expect(sealingLabel(scope, "bookshop-dev", "loyalty-token")).toBe(bound);
});
