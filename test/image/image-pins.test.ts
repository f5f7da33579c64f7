import { describe, expect, test } from "@jest/globals";
import { pinKey, readImagePins } from "../../lib/image/image-pins.ts";

const file = "environments/dev/images.yaml";
const formHint = "write '<registry>/<repository>:<tag>', and '@sha256:<digest>' behind it where a digest is wanted";
const lineHint = "write the whole reference on the key's line, without an anchor or alias";
const keyHint = "write '<system>/<service>', then ':<container>' or '@<track>' where one is meant";

/** The pins of a file, and its mistakes as `<line>: <message>` with the hint on a second line. */
function read(...lines: string[]) {
  const { pins, issues, broken } = readImagePins(lines.join("\n"), file);
  for (const issue of issues) {
    expect([issue.severity, issue.rule, issue.position?.file]).toEqual(["error", "image-pins", file]);
  }
  return {
    pins: [...pins.values()].map(({ key, reference, line }) => `${line} ${key} ${reference.toString()}`),
    issues: issues.map(({ message, hint, position }) => `${position?.line ?? 0}: ${message}${hint === undefined ? "" : `\nhint: ${hint}`}`),
    broken: broken === "every" ? broken : [...broken],
  };
}

describe("readImagePins", () => {
  test("reads a flat map of pins, each with its line", () => {
    expect(
      read(
        "# what 'dev' runs",
        "bookshop/catalogue: ghcr.io/acme/catalogue:sha-1234567",
        "",
        "bookshop/catalogue:cover-cache: ghcr.io/acme/cover-cache:16 # by the way",
        "bookshop/catalogue@canary: 'ghcr.io/acme/catalogue:1.10'",
        '"bookshop/catalogue:cover-cache@canary": "ghcr.io/acme/cover-cache:0x10"',
        "",
      ),
    ).toEqual({
      pins: [
        "2 bookshop/catalogue ghcr.io/acme/catalogue:sha-1234567",
        "4 bookshop/catalogue:cover-cache ghcr.io/acme/cover-cache:16",
        "5 bookshop/catalogue@canary ghcr.io/acme/catalogue:1.10",
        "6 bookshop/catalogue:cover-cache@canary ghcr.io/acme/cover-cache:0x10",
      ],
      issues: [],
      broken: [],
    });
  });

  test.each([[""], ["\n\n"], ["# nothing runs here yet\n"]])("takes a file without pins: %j", (text) => {
    expect(read(text)).toEqual({ pins: [], issues: [], broken: [] });
  });

  test("takes Windows' line ends and a byte order mark", () => {
    expect(read("\ufeffbookshop/till: ghcr.io/acme/till:1\r", "bookshop/shop: ghcr.io/acme/shop:2\r", "").pins).toEqual([
      "1 bookshop/till ghcr.io/acme/till:1",
      "2 bookshop/shop ghcr.io/acme/shop:2",
    ]);
  });

  test("collects every mistake with its line, and keeps what is right", () => {
    expect(
      read(
        "bookshop/catalogue: ghcr.io/acme/catalogue",
        "Bookshop/catalogue: ghcr.io/acme/catalogue:v1",
        "bookshop/till: ghcr.io/acme/till:v1",
        "catalogue: ghcr.io/acme/catalogue:v1",
        "bookshop/till: ghcr.io/acme/till:v2",
      ),
    ).toEqual({
      pins: ["3 bookshop/till ghcr.io/acme/till:v1"],
      issues: [
        `1: the pin of 'bookshop/catalogue': 'ghcr.io/acme/catalogue' is not an image reference: it has neither tag nor digest\nhint: ${formHint}`,
        `2: 'Bookshop/catalogue' is not a pin's key\nhint: ${keyHint}`,
        `4: 'catalogue' is not a pin's key\nhint: ${keyHint}`,
        "5: the pin of 'bookshop/till' stands twice, first on line 3\nhint: remove one",
      ],
      broken: ["bookshop/catalogue", "Bookshop/catalogue", "catalogue"],
    });
  });

  test.each([
    ["an anchor", ["shop/till: &till ghcr.io/acme/till:v1"], "1"],
    ["an alias", ["shop/shop: ghcr.io/acme/shop:v1", "shop/till: *shop"], "2"],
    ["a nested map", ["shop/shop: ghcr.io/acme/shop:v1", "shop/till:", "  image: ghcr.io/acme/till:v1"], "2"],
    ["a list", ["shop/till: [ghcr.io/acme/till:v1]"], "1"],
    ["nothing", ["", "shop/till:"], "2"],
    ["an empty text", ['shop/till: ""'], "1"],
  ])("refuses %s as a pin", (_, lines, line) => {
    const { issues, broken } = read(...lines);
    expect(issues).toEqual([`${line}: the pin of 'shop/till' is not an image reference\nhint: ${lineHint}`]);
    expect(broken).toEqual(["shop/till"]);
  });

  test("refuses an anchor with its alias, both lines named", () => {
    expect(read("shop/shop: &same ghcr.io/acme/shop:v1", "shop/till: *same").issues).toEqual([
      `1: the pin of 'shop/shop' is not an image reference\nhint: ${lineHint}`,
      `2: the pin of 'shop/till' is not an image reference\nhint: ${lineHint}`,
    ]);
  });

  test.each([
    ["shop", "shop: ghcr.io/acme/till:v1"],
    ["shop/", "shop/: ghcr.io/acme/till:v1"],
    ["shop/till/left", "shop/till/left: ghcr.io/acme/till:v1"],
    ["shop/2till", "shop/2till: ghcr.io/acme/till:v1"],
    ["shop/till@", "shop/till@: ghcr.io/acme/till:v1"],
    ["shop/till@canary:cache", "shop/till@canary:cache: ghcr.io/acme/till:v1"],
    ["shop/*", '"shop/*": ghcr.io/acme/till:v1'],
    ["<<", "<<: ghcr.io/acme/till:v1"],
    ["", '"": ghcr.io/acme/till:v1'],
  ])("refuses the key '%s'", (key, line) => {
    expect(read("# keys", line).issues).toEqual([`2: '${key}' is not a pin's key\nhint: ${keyHint}`]);
  });

  test("names the line of a key that is no text", () => {
    expect(
      read("shop/shop: ghcr.io/acme/shop:v1", "? [shop, till]", ": ghcr.io/acme/till:v1").issues.map((issue) => issue.split(":")[0]),
    ).toEqual(["2"]);
  });

  test.each([
    ["a list", "- shop/till: ghcr.io/acme/till:v1"],
    ["a text", "ghcr.io/acme/till:v1"],
  ])("refuses %s instead of a map", (_, text) => {
    expect(read(text)).toEqual({
      pins: [],
      issues: ["1: the file is not a map of pins\nhint: write one '<system>/<service>: <image>' per line"],
      broken: "every",
    });
  });

  test("says how a line is written where one has no space behind its colon", () => {
    expect(read("shop/shop: ghcr.io/acme/shop:v1", "shop/till:ghcr.io/acme/till:v1").issues).toEqual([
      "2: not YAML: Implicit map keys need to be followed by map values\n" +
        "hint: write one '<system>/<service>: <image>' per line, with a space behind the colon",
    ]);
  });

  test.each([
    ["shop/shop: ghcr.io/acme/shop:v1\n\tshop/till: ghcr.io/acme/till:v1", /^2: not YAML: /],
    ['shop/shop: ghcr.io/acme/shop:v1\nshop/till: "ghcr.io/acme/till:v1', /^2: not YAML: Missing closing "quote\n/],
    ["shop/shop: ghcr.io/acme/shop:v1\n---\nshop/till: ghcr.io/acme/till:v1", /^2: not YAML: Source contains multiple documents/],
    ["<<<<<<< ours\nshop/till: ghcr.io/acme/till:v1\n=======\nshop/till: ghcr.io/acme/till:v2\n>>>>>>> theirs", /^1: not YAML: /],
  ])("refuses what is no YAML, with the line: %j", (text, message) => {
    const { pins, issues, broken } = read(text);
    expect({ pins, broken }).toEqual({ pins: [], broken: "every" });
    expect(issues[0]).toMatch(message);
  });
});

test.each([
  [["bookshop", "till"], "bookshop/till"],
  [["bookshop", "till", "cache"], "bookshop/till:cache"],
  [["bookshop", "till", undefined, "canary"], "bookshop/till@canary"],
  [["bookshop", "till", "cache", "canary"], "bookshop/till:cache@canary"],
] as [[string, string, string?, string?], string][])("pinKey of %j is '%s'", (parts, key) => {
  expect(pinKey(...parts)).toBe(key);
});
