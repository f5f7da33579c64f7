import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readFlatFile } from "../../lib/manifest/flat-file.ts";
import { writeSealedValue } from "../../lib/sealing/write-sealed-value.ts";
import { caught } from "../support/caught.ts";

const file = "environments/dev/sealed-secrets.yaml";
const write = (text: string | undefined, key: string, ciphertext = "NEW="): string => writeSealedValue(text, file, key, ciphertext);

describe("a key that is there", () => {
  test.each([
    ["among others", "# mine\nshop/a/x: OLD=   # why\nshop/b/y: KEPT=\n", "# mine\nshop/a/x: NEW=   # why\nshop/b/y: KEPT=\n"],
    ["in quotes", "'shop/a/x': \"OLD=\"\n", "'shop/a/x': NEW=\n"],
    ["with Windows' line ends", "shop/a/x: OLD=\r\nshop/b/y: KEPT=\r\n", "shop/a/x: NEW=\r\nshop/b/y: KEPT=\r\n"],
    ["without an end of line", "shop/a/x: OLD=", "shop/a/x: NEW="],
    ["without a value", "shop/a/x:\nshop/b/y: KEPT=\n", "shop/a/x: NEW=\nshop/b/y: KEPT=\n"],
    ["without a value, with a comment", "shop/a/x: # to do\n", "shop/a/x: NEW= # to do\n"],
    ["as a block", "shop/a/x: >-\n  OLD\n  OLD=\nshop/b/y: KEPT=\n", "shop/a/x: NEW=\nshop/b/y: KEPT=\n"],
  ])("changes, and nothing else does: %s", (_, before, after) => {
    expect(write(before, "shop/a/x")).toBe(after);
  });
});

describe("a key that is new", () => {
  test.each([
    [
      "in a new file",
      undefined,
      "# written by `keelson seal`, one ciphertext a line; only the cluster's controller can open them\nshop/b/x: NEW=\n",
    ],
    ["in an empty file", "", "shop/b/x: NEW=\n"],
    ["behind a comment", "# none yet\n", "# none yet\nshop/b/x: NEW=\n"],
    ["behind the keys before it", "shop/a/x: A= # a\nshop/c/x: C=\n", "shop/a/x: A= # a\nshop/b/x: NEW=\nshop/c/x: C=\n"],
    ["behind a block", "shop/a/x: >-\n  A\nshop/c/x: C=\n", "shop/a/x: >-\n  A\nshop/b/x: NEW=\nshop/c/x: C=\n"],
    ["behind a key without a value", "shop/a/x:\nshop/c/x: C=\n", "shop/a/x:\nshop/b/x: NEW=\nshop/c/x: C=\n"],
    ["at the end, where none comes before it", "# c's own\nshop/c/x: C=\n", "# c's own\nshop/c/x: C=\nshop/b/x: NEW=\n"],
    ["behind a line without an end", "shop/a/x: A=", "shop/a/x: A=\nshop/b/x: NEW=\n"],
    ["with Windows' line ends", "shop/a/x: A=\r\n", "shop/a/x: A=\r\nshop/b/x: NEW=\r\n"],
  ])("gets a line of its own: %s", (_, before, after) => {
    expect(write(before, "shop/b/x")).toBe(after);
  });
});

test.each([
  ["a list", "- shop/a/x\n", `${file} is not a map of one ciphertext a line\nhint: mend it first`],
  ["one line for all", "{ shop/a/x: A= }\n", `${file} is not a map of one ciphertext a line\nhint: mend it first`],
  ["a key that stands twice", "shop/a/x: A=\nshop/a/x: B=\n", `'shop/a/x' stands twice in ${file}\nhint: remove one`],
  ["a key with a map", "shop/a/x: { y: z }\n", "the ciphertext of 'shop/a/x' is no text\nhint: remove the line first"],
])("%s is refused", (_, before, message) => {
  expect(caught(() => write(before, "shop/a/x"))).toBe(message);
});

test("what is no YAML is refused", () => {
  expect(caught(() => write('shop/a/x: "A=\n', "shop/a/x"))).toMatch(new RegExp(`^${file} is not YAML: .*\\nhint: mend it first$`));
  expect(caught(() => write("shop/a/x: |hunter2\n", "shop/a/x"))).not.toContain("hunter2");
});

test("whatever is written in whatever order, every key holds what was written last", () => {
  const keys = fc.constantFrom("shop/a/x", "shop/a/y", "shop/b/x@eu", "shop/b/x@us", "stock/a/z");
  fc.assert(
    fc.property(fc.array(fc.tuple(keys, fc.base64String({ minLength: 4 }))), (edits) => {
      let text: string | undefined;
      for (const [key, ciphertext] of edits) text = write(text, key, ciphertext);
      const { entries, issues } = readFlatFile(text ?? "", file, { ...grammar, parse: (value) => value });
      expect(issues).toEqual([]);
      expect(new Map([...entries.values()].map(({ key, value }) => [key, value]))).toEqual(new Map(edits));
    }),
  );
});

const grammar = {
  rule: "sealed-secrets",
  key: /./,
  keyTitle: "a key",
  keyHint: "",
  map: "ciphertexts",
  form: "",
  entry: "the ciphertext of",
  value: "a ciphertext",
  valueHint: "",
};
