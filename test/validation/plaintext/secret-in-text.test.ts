import { describe, expect, test } from "@jest/globals";
import { secretInText } from "../../../lib/validation/plaintext/secret-in-text.ts";
import { samples } from "./samples.ts";

describe("a secret by its looks", () => {
  test.each(Object.entries(samples))("%s", (title, sample) => {
    const what = secretInText(sample);
    expect(what).toMatch(new RegExp(`^${title.replace(/ \(.*/, "")}`));
    expect(secretInText(`listen: 8080\nvalue: ${sample} # do not touch\n`)).toBe(what);
  });

  test.each(Object.entries(samples))("is told without giving it away: %s", (title, sample) => {
    const said = (secretInText(sample) ?? "").replace(title.replace(/ \(.*/, ""), "").replace(/ of \d+ characters/, "");
    for (let start = 0; start + 5 <= sample.length; start++) expect(said).not.toContain(sample.slice(start, start + 5));
  });

  test("is told with its length and the four letters that say whose it is", () => {
    expect(secretInText(samples["a GitHub token"])).toBe("a GitHub token of 40 characters that starts with 'ghp_'");
    expect(secretInText(samples["a random text"])).toBe("a random text of 44 characters");
  });
});

const hex = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const block = (title: string): string => `-----BEGIN ${title}-----\n${samples["a random text"]}\n-----END ${title}-----\n`;

describe("no secret", () => {
  test.each([
    ["a digest", `registry.example/bookshop/catalogue:v1.0.0@sha256:${hex}`],
    ["a checksum", hex],
    ["a checksum in base 64", `sha512-${samples["a random text"]}`],
    ["a UUID", "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6"],
    ["a certificate", block("CERTIFICATE")],
    ["a public key", block("PUBLIC KEY")],
    ["a public key of PGP", block("PGP PUBLIC KEY BLOCK")],
    ["a certificate in base 64", Buffer.from(block("CERTIFICATE")).toString("base64")],
    ["a public key of SSH", `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${samples["a random text"].slice(0, 40)}`],
    ["a signature", `MEUCI${samples["a random text"]}`],
    ["what gzip packed", `H4sIA${samples["a random text"]}`],
    ["public keys as JSON", `{"keys":[{"kty":"RSA","n":"${samples["a random text"]}"}]}`],
    ["what SOPS encrypted", `ENC[AES256_GCM,data:${samples["a random text"]},iv:${samples["a random text"]},type:str]`],
    ["an address", "https://argocd.paperback.example:8443/api/webhook?Ref=Main_1"],
    ["an address with a reference for a password", "postgres://catalogue:$(DATABASE_PASSWORD)@database:5432/books"],
    ["an address with a template for a password", "postgres://catalogue:{{ .password }}@database:5432/books"],
    ["a pattern that repeats", "aB1".repeat(12)],
    ["a path", "/usr/local/share/Catalogue-2024/Templates/Index_v2.html"],
    ["a name in camel case", "reconciliationJitterOfApplicationController2ForBookshop"],
    ["prose", "Basic authentication is off; ask the Storefront-Team1 for a bearer token instead."],
    ["a long name in capitals", "KEELSON_BOOKSHOP_STOREFRONT_CONFIG_VERSION_2024"],
  ])("%s", (_, text) => {
    expect(secretInText(text)).toBeUndefined();
  });
});
