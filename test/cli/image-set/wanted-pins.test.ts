import { expect, test } from "@jest/globals";
import { wantedPins } from "../../../lib/cli/image-set/wanted-pins.ts";
import { bookshop } from "../../fixtures/bookshop/definitions.ts";
import { caught } from "../../support/caught.ts";

const registry = "registry.paperback.example:5000/shop";
const [catalogue, storefront, cache] = ["catalogue", "storefront", "cover-cache"].map((name) => `${registry}/${name}:sha-1234567`);
const read = (...words: readonly string[]): [string, string][] =>
  wantedPins(bookshop, words, "dev").map(({ text, reference }) => [text, reference.toString()]);

test.each<[string, readonly string[]]>([
  ["a service and its image, again and again", ["bookshop/catalogue", catalogue!, "bookshop/storefront:cover-cache", cache!]],
  ["the same with an equals sign", [`bookshop/catalogue=${catalogue!}`, `bookshop/storefront:cover-cache=${cache!}`]],
  ["services, then as many images", ["bookshop/catalogue", "bookshop/storefront:cover-cache", catalogue!, cache!]],
  ["both ways in one line", [`bookshop/catalogue=${catalogue!}`, "bookshop/storefront:cover-cache", cache!]],
  [
    "a service twice with one image",
    ["bookshop/catalogue", catalogue!, "bookshop/storefront:cover-cache", cache!, "bookshop/catalogue", catalogue!],
  ],
])("takes %s", (_, words) => {
  expect(read(...words)).toEqual([
    ["bookshop/catalogue", catalogue],
    ["bookshop/storefront:cover-cache", cache],
  ]);
});

test("a registry may be this machine", () => {
  expect(read("bookshop/catalogue", "bookshop/storefront", "localhost:5000/a:v1", "localhost/b:v1")).toEqual([
    ["bookshop/catalogue", "localhost:5000/a:v1"],
    ["bookshop/storefront", "localhost/b:v1"],
  ]);
});

test.each<[string, readonly string[], string]>([
  [
    "an odd number of words",
    ["bookshop/catalogue", catalogue!, "bookshop/storefront"],
    `services and images do not pair up: one of 'bookshop/catalogue', '${catalogue!}', 'bookshop/storefront' stands alone\nhint: write <service> <image>, and again for each further service`,
  ],
  [
    "an image in the place of a service",
    [catalogue!, "bookshop/catalogue"],
    `'${catalogue!}' names no service\nhint: write <system>/<service>, then :<container> or @<track> where one is meant`,
  ],
  [
    "an image without a registry",
    ["bookshop/catalogue", "shop/catalogue:v1", "bookshop/storefront", storefront!],
    "'shop/catalogue:v1' is not an image reference: it names no registry and repository\n" +
      "hint: write '<registry>/<repository>:<tag>', and '@sha256:<digest>' behind it where a digest is wanted",
  ],
  [
    "a service that is to become two things",
    ["bookshop/catalogue", catalogue!, "bookshop/catalogue", storefront!],
    `'bookshop/catalogue' cannot be both '${catalogue!}' and '${storefront!}'\nhint: name each service once`,
  ],
  [
    "no image",
    ["bookshop/catalogue="],
    "'' is not an image reference: it names no registry and repository\nhint: write '<registry>/<repository>:<tag>', and '@sha256:<digest>' behind it where a digest is wanted",
  ],
])("refuses %s", (_, words, message) => {
  expect(caught(() => read(...words))).toBe(message);
});
