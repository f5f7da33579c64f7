import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { overlayNamespace } from "../../../lib/definition/overlay.ts";
import type { SealingScope } from "../../../lib/definition/sealed-secret.ts";
import { bookshopSystem } from "../../fixtures/bookshop/apps/bookshop/system.ts";
import { bookshop } from "../../fixtures/bookshop/definitions.ts";
import { parse } from "yaml";
import { SealedSecret } from "../../../lib/secrets/sealed-secret.ts";
import { readSealedValues } from "../../../lib/sealing/sealed-values.ts";
import { sealingLabel } from "../../../lib/sealing/sealing-label.ts";
import { renderOne } from "../../support/render-construct.ts";
import { selfSigned } from "../../support/self-signed-certificate.ts";
import { TemporaryShop } from "../../support/temporary-shop.ts";
import { bookshopContext } from "../../support/unit-context.ts";
import { unseal } from "../../support/unseal.ts";
import { ensureBinaries } from "../control-plane/binaries.ts";
import { noProgress } from "../control-plane/progress.ts";
import { runCommand } from "../control-plane/run-command.ts";
import { ownControlPlaneOnly } from "../own-control-plane-only.ts";

const scopes: readonly SealingScope[] = ["strict", "namespace-wide", "cluster-wide"];
const place = { name: "till", namespace: "bookshop-dev" };
/** Text, bytes that are no text, and a newline at the end. */
const values = { pin: Buffer.from("open-sesame"), blob: Buffer.from([0, 255, 195, 40, 10]) };
const file = "environments/dev/sealed-secrets.yaml";

// The program of Sealed Secrets itself judges; it asks no cluster.
ownControlPlaneOnly("kubeseal", () => {
  const { certificate, privateKey } = selfSigned({ key: { type: "rsa", bits: 4096 } });
  let shop: TemporaryShop;
  let kubeseal: (args: readonly string[], input?: string) => Promise<string>;

  beforeAll(async () => {
    const binaries = await ensureBinaries({ progress: noProgress, pulumi: true, kubeseal: true });
    shop = new TemporaryShop();
    shop.write("main.pem", certificate);
    writeFileSync(join(shop.root, "main.key"), privateKey.export({ type: "pkcs1", format: "pem" }), { mode: 0o600 });
    kubeseal = (args, input) =>
      runCommand(binaries.file("kubeseal", "bin", "kubeseal"), args, { cwd: shop.root, ...(input !== undefined && { input }) });
  });
  afterAll(() => {
    shop.remove();
  });

  test("is the version that docs and code speak of", async () => {
    expect(await kubeseal(["--version"])).toBe("kubeseal version: v0.36.6\n");
  });

  test.each(scopes)("opens what `keelson seal` wrote and the construct rendered, bound as %s", async (scope) => {
    const [dev, production] = bookshop.environments;
    const change = overlayNamespace(bookshopSystem, { sealedSecrets: { till: { keys: Object.keys(values), scope } } });
    const definitions = { ...bookshop, environments: [{ ...dev!, overlays: [...dev!.overlays, change] }, production!] };
    for (const [key, value] of Object.entries(values)) {
      const { exitCode } = await shop.run(["seal", "bookshop/till", "--environment", "dev", "--key", key, "--certificate", "main.pem"], {
        definitions,
        readInput: () => Promise.resolve(value),
      });
      expect(exitCode).toBe(0);
    }
    const { exitCode } = await shop.run(["synth"], { definitions });
    expect(exitCode).toBe(0);
    const rendered = readFileSync(join(shop.output, "dev/eu/bookshop/namespace/sealed-secret-till.yaml"), "utf8");
    const opened = parse(await kubeseal(["--recovery-unseal", "--recovery-private-key", "main.key"], rendered)) as {
      readonly metadata: object;
      readonly data: Readonly<Record<string, string>>;
    };
    expect(opened.metadata).toMatchObject({ ...place, labels: { "app.kubernetes.io/part-of": "bookshop" } });
    for (const [key, value] of Object.entries(values)) expect(Buffer.from(opened.data[key] ?? "", "base64")).toEqual(value);
  });

  test.each(scopes)("seals what we open, bound as %s", async (scope) => {
    writeFileSync(join(shop.root, "value"), values.blob);
    const bound = {
      strict: ["--namespace", place.namespace, "--name", place.name],
      "namespace-wide": ["--namespace", place.namespace],
      "cluster-wide": [],
    };
    const ciphertext = await kubeseal(["--raw", "--scope", scope, ...bound[scope], "--from-file", "value", "--cert", "main.pem"]);
    const { entries, issues } = readSealedValues(`bookshop/till/blob: ${ciphertext}\n`, file);
    expect(issues).toEqual([]);
    const label = sealingLabel(scope, place.namespace, place.name);
    expect(unseal(entries.get("bookshop/till/blob")!.value, privateKey, label)).toEqual(values.blob);
  });

  test("writes the fields that the construct renders, and no other but empty ones", async () => {
    const secret = {
      apiVersion: "v1",
      kind: "Secret",
      type: "bookshop.example/till",
      metadata: place,
      data: { pin: values.pin.toString("base64") },
    };
    for (const scope of scopes) {
      const theirs = JSON.parse(await kubeseal(["--scope", scope, "--cert", "main.pem"], JSON.stringify(secret))) as unknown;
      const context = bookshopContext({ labels: {} });
      const ours = renderOne(
        (chart) => new SealedSecret(chart, "till", { context, name: "till", keys: ["pin"], scope, type: secret.type }),
      );
      expect(fieldsOf(ours)).toEqual(fieldsOf(theirs));
    }
  });

  test("does not open a value in another namespace than it was bound to", async () => {
    await shop.run(["seal", "bookshop/courier-login", "--environment", "dev", "--certificate", "main.pem"], {
      readInput: () => Promise.resolve(values.pin),
    });
    const { value } = readSealedValues(shop.read(file), file).entries.get("bookshop/courier-login/password")!;
    const inNamespace = (namespace: string): string => {
      const context = bookshopContext({ namespace, sealed: { take: () => value } });
      return JSON.stringify(renderOne((chart) => new SealedSecret(chart, "login", { context, name: "courier-login", keys: ["password"] })));
    };
    const open = ["--recovery-unseal", "--recovery-private-key", "main.key"];
    await expect(kubeseal(open, inNamespace("bookshop-dev"))).resolves.toContain(values.pin.toString("base64"));
    await expect(kubeseal(open, inNamespace("bookshop-production"))).rejects.toThrow("no key could decrypt secret");
  });
});

/** The paths of all that is said, ciphertext left out; an empty map or null says nothing. */
function fieldsOf(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null)
    return value === null || path.includes(".encryptedData.") ? [] : [`${path}=${JSON.stringify(value)}`];
  return Object.entries(value)
    .flatMap(([key, field]) => fieldsOf(field, `${path}.${key}`))
    .sort();
}
