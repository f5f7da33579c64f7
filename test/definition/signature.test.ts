import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { Signature } from "../../lib/definition/signature.ts";
import { caught } from "../support/caught.ts";

const issuer = "https://token.actions.githubusercontent.com";
const pair = generateKeyPairSync("ec", {
  namedCurve: "prime256v1",
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

describe("Signature", () => {
  test("is of an identity, or of a key", () => {
    const identity = { issuer, subject: "https://github.com/bookshop/catalogue/.github/workflows/release.yaml@refs/heads/main" };
    expect(Signature.keyless(identity).shape).toEqual({ kind: "keyless", identity });
    expect(Signature.key(pair.publicKey).shape).toEqual({ kind: "key", publicKey: pair.publicKey });
  });

  test.each(["token.actions.githubusercontent.com", "http://ci.example", "https://"])("fails for the issuer '%s'", (wrong) => {
    expect(caught(() => Signature.keyless({ issuer: wrong, subject: "ci" }))).toBe(
      `the issuer '${wrong}' of a keyless signature is no https address\nhint: for GitHub Actions it is 'https://token.actions.githubusercontent.com'`,
    );
  });

  test.each([
    String.raw`^https://github[.]com/acme\$`,
    "https://github[.]com/bookshop/.*",
    "^https://github[.]com/bookshop/",
    "bookshop$",
    "^a|b$",
  ])("fails for the expression '%s', which a stranger's subject may hold", (subjectRegExp) => {
    expect(caught(() => Signature.keyless({ issuer, subjectRegExp }))).toBe(
      `the subject '${subjectRegExp}' of a keyless signature may stand anywhere in a stranger's\nhint: begin it with '^', end it with '$', and write two signatures instead of '|'`,
    );
  });

  test.each(["^https://github\\.com/(acme/.*$", "^(?i)https://github\\.com/acme/.*$"])(
    "fails for '%s', which cannot be read",
    (subjectRegExp) => {
      expect(caught(() => Signature.keyless({ issuer, subjectRegExp }))).toBe(
        `the subject '${subjectRegExp}' of a keyless signature is no regular expression\nhint: mend it; flags such as '(?i)' are not taken`,
      );
    },
  );

  test.each(["^.*$", "^https://github\\.com/.+$", "^[^@]+@.+$"])(
    "fails for the expression '%s', which takes in anybody",
    (subjectRegExp) => {
      expect(caught(() => Signature.keyless({ issuer, subjectRegExp }))).toBe(
        `the subject '${subjectRegExp}' of a keyless signature takes in strangers, such as 'https://github.com/stranger/anything/.github/workflows/release.yaml@refs/heads/main'\nhint: say whose repositories, or whose addresses: everybody may sign by a public issuer`,
      );
    },
  );

  test.each([pair.privateKey, "cosign.pub", `${pair.publicKey}${pair.privateKey}`, ""])(
    "fails for a key that is not public, and does not repeat it",
    (key) => {
      expect(caught(() => Signature.key(key))).toBe(
        "the key of a signature is no public key in PEM form\nhint: take the content of 'cosign.pub'; if this was the private key, make another pair: it stands in Git now",
      );
    },
  );
});
