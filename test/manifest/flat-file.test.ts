import { expect, test } from "@jest/globals";
import { type FlatFileGrammar, readFlatFile } from "../../lib/manifest/flat-file.ts";

const grammar: FlatFileGrammar<string> = {
  rule: "image-pins",
  key: /^[a-z-]+\/[a-z-]+$/,
  keyTitle: "a pin's key",
  keyHint: "write it as <system>/<service>",
  map: "pins",
  form: "<system>/<service>: <image>",
  entry: "the pin of",
  value: "an image reference",
  valueHint: "write an image reference",
  parse: (text) => text,
};

const lines = [
  "# who: reviewed by #shop",
  "",
  "bookshop/catalogue: ghcr.io/bookshop/catalogue:1.2.0@sha256:abc",
  "bookshop/shipping: registry:5000/shipping:v1",
];

function read(text: string) {
  return readFlatFile(text, "environments/dev/images.yaml", grammar);
}

test("plain lines are read as YAML reads them, each with its line", () => {
  const plain = read(lines.join("\n"));
  expect([...plain.entries.values()]).toEqual([
    { key: "bookshop/catalogue", value: "ghcr.io/bookshop/catalogue:1.2.0@sha256:abc", line: 3 },
    { key: "bookshop/shipping", value: "registry:5000/shipping:v1", line: 4 },
  ]);
  // an indented comment is nothing that a program writes, so that the YAML reader is asked
  expect(read([...lines, " # the end", ""].join("\n"))).toEqual(plain);
});

test.each([
  ["a quoted value", 'bookshop/catalogue: "1.2"', "1.2"],
  ["a comment behind the value", "bookshop/catalogue: one # two", "one"],
  ["a value on the next line", "bookshop/catalogue:\n  one", "one"],
  ["a value that goes on", "bookshop/catalogue: one\n  two", "one two"],
])("%s means what it means in YAML", (_, text, value) => {
  expect(read(text).entries.get("bookshop/catalogue")?.value).toBe(value);
});

test.each(["bookshop/catalogue: one: two", "bookshop/catalogue: one:", "bookshop/catalogue: one\nbookshop/shipping"])(
  "'%s' is no YAML map of pins, and is refused",
  (text) => {
    const { issues, entries } = read(text);
    expect([issues.length > 0, entries.size]).toEqual([true, 0]);
  },
);
