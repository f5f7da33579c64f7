import { describe, expect, test } from "@jest/globals";
import { readSealedValues, sealedKey, sealedValuesFile } from "../../lib/sealing/sealed-values.ts";
import { TakenSealedValues } from "../../lib/sealing/taken-sealed-values.ts";
import { findUnusedSealedValues } from "../../lib/sealing/unused-sealed-values.ts";

const file = sealedValuesFile("dev");
const ciphertext = (fill: number): string => Buffer.concat([Buffer.from([1, 0]), Buffer.alloc(256 + 30, fill)]).toString("base64");
const [first, second] = [ciphertext(1), ciphertext(2)];
const read = (...lines: string[]) => readSealedValues(lines.join("\n"), file);
const told = (
  issues: readonly { readonly message: string; readonly hint?: string; readonly position?: { readonly line: number } }[],
): string[] => issues.map(({ message, hint, position }) => `${position?.line ?? 0}: ${message}\nhint: ${hint ?? ""}`);

describe("readSealedValues", () => {
  test("reads a ciphertext a line, with comments", () => {
    const { entries, issues, broken } = read("# dev", `shop/till/pin: ${first}`, `shop/till/.dockerconfigjson@eu: ${second} # mine`);
    expect([...entries.values()]).toEqual([
      { key: "shop/till/pin", value: first, line: 2 },
      { key: "shop/till/.dockerconfigjson@eu", value: second, line: 3 },
    ]);
    expect([issues, broken]).toEqual([[], new Set()]);
  });

  test("says how a line is written where it is no YAML, and shows no value", () => {
    expect(told(read("shop/till/pin: |hunter2").issues)).toContain(
      "1: not YAML: Block scalar header includes extra characters\n" +
        "hint: write one '<system>/<secret>/<key>: <ciphertext>' per line, with a space behind the colon",
    );
  });

  test("collects every mistake with its line, and shows no value", () => {
    const { entries, issues, broken } = read(
      "shop/till/pin: hunter2",
      `shop/till: ${first}`,
      `shop/till/code: ${first.slice(0, 100)}`,
      "shop/till/key:",
      `shop/till/word: ${first}`,
      `shop/till/word: ${second}`,
    );
    const sealHint = "hint: write it by `keelson seal`; what was committed in the clear is no secret any more";
    expect(told(issues)).toEqual([
      `1: the ciphertext of 'shop/till/pin': it is not base 64\n${sealHint}`,
      "2: 'shop/till' is not the key of a sealed value\nhint: write '<system>/<secret>/<key>', then '@<cluster>' where one is meant",
      `3: the ciphertext of 'shop/till/code': it is cut off\n${sealHint}`,
      "4: the ciphertext of 'shop/till/key' is not a ciphertext\nhint: write it on the key's line, by `keelson seal`",
      "6: the ciphertext of 'shop/till/word' stands twice, first on line 5\nhint: remove one",
    ]);
    expect(
      issues.every(({ severity, rule, position }) => severity === "error" && rule === "sealed-secrets" && position?.file === file),
    ).toBe(true);
    expect([...entries.keys()]).toEqual(["shop/till/word"]);
    expect(broken).toEqual(new Set(["shop/till/pin", "shop/till", "shop/till/code", "shop/till/key"]));
  });
});

describe("the ciphertexts of a unit", () => {
  const values = read(`shop/till/pin: ${first}`, `shop/till/pin@eu: ${second}`, "shop/till/broken: hunter2", `shop/till/spare: ${first}`);
  const on = (cluster: string, severalClusters = true): TakenSealedValues =>
    new TakenSealedValues({ values, environment: "dev", system: "shop", cluster, severalClusters });

  test("are a cluster's own before those of all", () => {
    expect([on("eu").take("till", "pin"), on("us").take("till", "pin")]).toEqual([second, first]);
  });

  test("are missed once each, with the command that seals them, unless the line is broken", () => {
    const taken = on("us");
    expect([taken.take("till", "code"), taken.take("till", "broken")]).toEqual(["no-ciphertext", "no-ciphertext"]);
    expect(told(taken.issues)).toEqual([
      "1: no ciphertext for 'shop/till/code@us' in 'dev'\n" +
        "hint: run `keelson seal shop/till --environment dev --cluster us --key code --certificate <file>`",
    ]);
    const only = on("eu", false);
    only.take("till", "code");
    expect(told(only.issues)).toEqual([
      "1: no ciphertext for 'shop/till/code' in 'dev'\nhint: run `keelson seal shop/till --environment dev --key code --certificate <file>`",
    ]);
  });

  test("are missed nowhere in a file that is not there", () => {
    const none = readSealedValues(undefined, file);
    const taken = new TakenSealedValues({ values: none, environment: "dev", system: "shop", cluster: "eu", severalClusters: false });
    taken.take("till", "pin");
    expect(taken.issues).toMatchObject([{ message: "no ciphertext for 'shop/till/pin' in 'dev'" }]);
    expect(taken.issues[0]).not.toHaveProperty("position");
  });

  test("that another line goes before are named together with it", () => {
    expect(
      told(findUnusedSealedValues("dev", read(`shop/till/pin: ${first}`, `shop/till/pin@eu: ${second}`), new Set(["shop/till/pin@eu"]))),
    ).toEqual([
      "1: the ciphertext of 'shop/till/pin' in 'dev' is used by nothing\nhint: 'shop/till/pin@eu' goes first: remove whichever is out of date",
    ]);
  });

  test("that nobody takes are named", () => {
    const unused = (taken: readonly string[]): string[] => told(findUnusedSealedValues("dev", values, new Set(taken)));
    expect(unused(["shop/till/pin", "shop/till/pin@eu"])).toEqual([
      "4: the ciphertext of 'shop/till/spare' in 'dev' is used by nothing\n" +
        "hint: remove the line, or mend the key; the nearest that are used: 'shop/till/pin', 'shop/till/pin@eu'",
    ]);
    expect(unused([])[0]).toBe(
      "1: the ciphertext of 'shop/till/pin' in 'dev' is used by nothing\n" +
        "hint: remove the line, or declare it under namespace.sealedSecrets of the system",
    );
  });
});

test("a key may name its cluster", () => {
  expect([sealedKey("shop", "till", "pin"), sealedKey("shop", "till", "pin", "eu")]).toEqual(["shop/till/pin", "shop/till/pin@eu"]);
});
