import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { overlayNamespace } from "../../lib/definition/overlay.ts";
import { readSealedValues } from "../../lib/sealing/sealed-values.ts";
import { bookshopSystem } from "../fixtures/bookshop/apps/bookshop/system.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { selfSigned } from "../support/self-signed-certificate.ts";
import { type Outcome, type Surroundings, TemporaryShop } from "../support/temporary-shop.ts";
import { unseal } from "../support/unseal.ts";

const { certificate, privateKey } = selfSigned();
const secretText = ["open", "sesame"].join("-");
const devFile = "environments/dev/sealed-secrets.yaml";
const productionFile = "environments/production/sealed-secrets.yaml";

let shop: TemporaryShop;
beforeEach(() => {
  shop = new TemporaryShop();
  shop.write("main.pem", certificate);
});
afterEach(() => {
  shop.remove();
});

/** `keelson seal … --certificate main.pem`, with this on standard input. */
async function seal(argv: readonly string[], input: string | Buffer = secretText, world: Surroundings = {}): Promise<Outcome> {
  return shop.run(["seal", ...argv, "--certificate", "main.pem"], { readInput: () => Promise.resolve(Buffer.from(input)), ...world });
}

function opened(file: string, key: string, label: string): string {
  const value = readSealedValues(shop.read(file), file).entries.get(key)?.value;
  return unseal(value ?? "", privateKey, label).toString();
}

describe("seal", () => {
  test("writes the ciphertext on its line, and nothing else changes", async () => {
    const before = shop.read(devFile).split("\n");
    expect(await seal(["bookshop/courier-login", "--environment", "dev", "--key", "password"])).toEqual({
      exitCode: 0,
      stdout: `sealed 'bookshop/courier-login/password' in ${devFile}\n`,
      stderr: "hint: run `npm run synth` and commit both\n",
    });
    const after = shop.read(devFile).split("\n");
    expect(after.filter((line, index) => line !== before[index])).toEqual([
      expect.stringMatching(/^bookshop\/courier-login\/password: AQ/),
    ]);
    expect(after).toHaveLength(before.length);
    expect(opened(devFile, "bookshop/courier-login/password", "bookshop-dev/courier-login")).toBe(secretText);
    expect(readdirSync(join(shop.root, "environments/dev")).sort()).toEqual(["images.yaml", "sealed-secrets.yaml"]);
    expect((await shop.run(["validate"])).stderr).not.toContain("[sealed-secrets]");
  });

  test("binds to the scope that is declared", async () => {
    await seal(["bookshop/loyalty-token", "--environment", "dev", "--key", "token"]);
    expect(opened(devFile, "bookshop/loyalty-token/token", "bookshop-dev")).toBe(secretText);
  });

  test("needs no key where there is one only, and makes the file where there is none", async () => {
    rmSync(join(shop.root, devFile));
    expect((await seal(["bookshop/courier-login", "--environment", "dev"])).exitCode).toBe(0);
    expect(shop.read(devFile)).toMatch(/^# written by `keelson seal`.*\nbookshop\/courier-login\/password: AQ.*\n$/);
  });

  test("seals for one cluster of several, or for all that share a key", async () => {
    const name = ["bookshop/loyalty-token", "--environment", "production", "--key", "webhook"];
    await seal([...name, "--cluster", "us"], "for-us");
    await seal([...name, "--all-clusters"], "for-all");
    expect(opened(productionFile, "bookshop/loyalty-token/webhook@us", "bookshop-production")).toBe("for-us");
    expect(opened(productionFile, "bookshop/loyalty-token/webhook", "bookshop-production")).toBe("for-all");
  });

  test("tells which cluster's own line goes before what is sealed for all", async () => {
    const name = ["--environment", "production", "--all-clusters"];
    const note = `note: 'bookshop/loyalty-token/webhook@us' in ${productionFile} goes before 'bookshop/loyalty-token/webhook'\n`;
    expect((await seal(["bookshop/loyalty-token", "--key", "webhook", ...name])).stderr).toBe(
      `${note}hint: run \`npm run synth\` and commit both\n`,
    );
    expect((await seal(["bookshop/loyalty-token", "--key", "token", ...name])).stderr).not.toContain("note");
  });

  test("knows what an overlay declares", async () => {
    const [dev, production] = bookshop.environments;
    const change = overlayNamespace(bookshopSystem, { sealedSecrets: { "dev-only": { keys: ["pin"] } } });
    const definitions = { ...bookshop, environments: [{ ...dev!, overlays: [...dev!.overlays, change] }, production!] };
    expect((await seal(["bookshop/dev-only", "--environment", "dev"], secretText, { definitions })).exitCode).toBe(0);
    expect(
      (await seal(["bookshop/dev-only", "--environment", "production", "--cluster", "us"], secretText, { definitions })).exitCode,
    ).toBe(2);
  });

  test("seals for no scope that is none, and writes nothing", async () => {
    const [dev, production] = bookshop.environments;
    const change = overlayNamespace(bookshopSystem, { sealedSecrets: { "courier-login": { scope: "namespacewide" as "namespace-wide" } } });
    const definitions = { ...bookshop, environments: [{ ...dev!, overlays: [...dev!.overlays, change] }, production!] };
    const before = shop.read(devFile);
    expect(await seal(["bookshop/courier-login", "--environment", "dev"], secretText, { definitions })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("error: the scope 'namespacewide' of sealed secret 'courier-login' is none\n"),
    });
    expect(shop.read(devFile)).toBe(before);
  });

  test("keeps every byte of standard input or a file", async () => {
    const bytes = Buffer.from([0, 255, 13, 10, 195, 40]);
    await seal(["bookshop/courier-login", "--environment", "dev"], bytes);
    const value = readSealedValues(shop.read(devFile), devFile).entries.get("bookshop/courier-login/password")!.value;
    expect(unseal(value, privateKey, "bookshop-dev/courier-login")).toEqual(bytes);
    shop.write("value.txt", "from a file");
    await seal(["bookshop/courier-login", "--environment", "dev", "--from-file", "value.txt"], "not this");
    expect(opened(devFile, "bookshop/courier-login/password", "bookshop-dev/courier-login")).toBe("from a file");
  });

  test.each([
    ["\n", "\n"],
    ["\r\n", "\r\n"],
    ["\n\n", "\n\n"],
  ])("warns of a newline at the end, and leaves it out on demand: %j", async (ending) => {
    const warning = "warning: the value ends in a newline, which is sealed with it; --trim-newline leaves it out\n";
    const name = ["bookshop/courier-login", "--environment", "dev"];
    const kept = await seal(name, secretText + ending);
    expect(kept.stderr).toBe(`${warning}hint: run \`npm run synth\` and commit both\n`);
    expect(opened(devFile, "bookshop/courier-login/password", "bookshop-dev/courier-login")).toBe(secretText + ending);
    const trimmed = await seal([...name, "--trim-newline"], secretText + ending);
    expect(trimmed.stderr).not.toContain("warning");
    const expected = ending === "\n\n" ? `${secretText}\n` : secretText;
    expect(opened(devFile, "bookshop/courier-login/password", "bookshop-dev/courier-login")).toBe(expected);
  });

  test("warns of a certificate that ends within thirty days", async () => {
    const now = (text: string) => (): Date => new Date(text);
    const name = ["bookshop/courier-login", "--environment", "dev"];
    const warning = "warning: the certificate 'main.pem' ends on Jan  1 00:00:00 2036 GMT\n";
    expect((await seal(name, secretText, { now: now("2035-12-01T00:00:00Z") })).stderr).not.toContain("warning");
    expect((await seal(name, secretText, { now: now("2035-12-03T00:00:00Z") })).stderr).toContain(warning);
  });
});

describe("what cannot be sealed is one clear error, writes nothing and shows no value", () => {
  const dev = ["--environment", "dev"];
  const production = ["--environment", "production"];
  test.each<[string, readonly string[], string]>([
    ["no secret's name", ["bookshop", ...dev], "'bookshop' names no secret\n  hint: write <system>/<secret>"],
    [
      "an unknown system",
      ["bokshop/courier-login", ...dev],
      "there is no system 'bokshop'\n  hint: the systems are: 'bookshop', 'warehouse', 'recommendations'",
    ],
    [
      "an unknown environment",
      ["bookshop/courier-login", "--environment", "prod"],
      "there is no environment 'prod'\n  hint: the environments are: 'dev', 'production'",
    ],
    [
      "an undeclared secret",
      ["bookshop/courier", ...dev],
      "the system 'bookshop' declares no sealed secret 'courier' in 'dev'\n  hint: it declares: 'courier-login', 'loyalty-token'",
    ],
    [
      "a system that declares none",
      ["warehouse/scales", ...dev],
      "the system 'warehouse' declares no sealed secret 'scales' in 'dev'\n  hint: declare it under namespace.sealedSecrets in apps/warehouse/system.ts",
    ],
    [
      "a name that every object has",
      ["warehouse/constructor", ...dev],
      "the system 'warehouse' declares no sealed secret 'constructor' in 'dev'\n  hint: declare it under namespace.sealedSecrets in apps/warehouse/system.ts",
    ],
    [
      "no key of several",
      ["bookshop/loyalty-token", ...dev],
      "the sealed secret 'loyalty-token' has several keys\n  hint: choose by --key: 'token', 'webhook'",
    ],
    [
      "an undeclared key",
      ["bookshop/loyalty-token", ...dev, "--key", "tokn"],
      "the sealed secret 'loyalty-token' declares no key 'tokn'\n  hint: its keys are: 'token', 'webhook'",
    ],
    [
      "no cluster of several",
      ["bookshop/courier-login", ...production],
      "'production' has several clusters, each with a key of its own\n  hint: choose by --cluster: 'eu', 'us'; or say --all-clusters where they share one",
    ],
    [
      "an unknown cluster",
      ["bookshop/courier-login", ...production, "--cluster", "uk"],
      "'production' has no cluster 'uk'\n  hint: its clusters are: 'us', 'eu'",
    ],
    [
      "for all clusters, each of which has a line of its own",
      ["bookshop/courier-login", ...production, "--all-clusters"],
      `'bookshop/courier-login/password@eu' and 'bookshop/courier-login/password@us' in ${productionFile} go before 'bookshop/courier-login/password', ` +
        "which nothing would use\n  hint: say --cluster eu, or remove those lines first",
    ],
    [
      "a file that is not there",
      ["bookshop/courier-login", ...dev, "--from-file", "nowhere"],
      "the file 'nowhere' cannot be read: there is no such file",
    ],
    [
      "a folder",
      ["bookshop/courier-login", ...dev, "--from-file", "environments"],
      "the file 'environments' cannot be read: it is a folder",
    ],
  ])("%s", async (_, argv, message) => {
    await expectRefused(argv, secretText, `error: ${message}\n`);
  });

  test("for the only cluster, which has a line of its own", async () => {
    shop.edit(devFile, "courier-login/password:", "courier-login/password@eu:");
    const own = "'bookshop/courier-login/password@eu'";
    await expectRefused(
      ["bookshop/courier-login", ...dev],
      secretText,
      `error: ${own} in ${devFile} goes before 'bookshop/courier-login/password', which nothing would use\n` +
        "  hint: say --cluster eu, or remove that line first\n",
    );
  });

  test.each(["", "\n"])("an empty value: %j", async (input) => {
    const argv = ["bookshop/courier-login", ...dev, ...(input === "" ? [] : ["--trim-newline"])];
    await expectRefused(argv, input, "error: the value is empty\n  hint: give it on standard input, or by --from-file\n");
  });

  test("a certificate that has ended, or that has not begun", async () => {
    shop.write("main.pem", selfSigned({ from: "20250101000000Z", to: "20260331235959Z" }).certificate);
    await expectRefused(
      ["bookshop/courier-login", ...dev],
      secretText,
      "error: the certificate 'main.pem' ended on Mar 31 23:59:59 2026 GMT\n" +
        "  hint: take the controller's newest: `kubeseal --fetch-cert`, see docs/secrets.md\n",
    );
    shop.write("main.pem", selfSigned({ from: "20260402000000Z" }).certificate);
    await expectRefused(
      ["bookshop/courier-login", ...dev],
      secretText,
      "error: the certificate 'main.pem' begins on Apr  2 00:00:00 2026 GMT\n  hint: is the clock of this machine right?\n",
    );
  });

  test("a file of ciphertexts that cannot be read", async () => {
    shop.write(devFile, "- one\n");
    await expectRefused(
      ["bookshop/courier-login", ...dev],
      secretText,
      `error: ${devFile} is not a map of one ciphertext a line\n  hint: mend it first\n`,
    );
  });

  async function expectRefused(argv: readonly string[], input: string, stderr: string): Promise<void> {
    const before = [devFile, productionFile].map((file) => shop.read(file));
    expect(await seal(argv, input)).toEqual({ exitCode: 2, stdout: "", stderr });
    expect([devFile, productionFile].map((file) => shop.read(file))).toEqual(before);
    expect(existsSync(join(shop.root, `${devFile}.new`))).toBe(false);
  }
});

test("the value is nowhere but in the ciphertext", async () => {
  const outcome = await seal(["bookshop/courier-login", "--environment", "dev"]);
  expect(JSON.stringify(outcome)).not.toContain(secretText);
  for (const entry of readdirSync(shop.root, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) expect(readFileSync(join(entry.parentPath, entry.name), "utf8")).not.toContain(secretText);
  }
});
