import { expect, test } from "@jest/globals";
import { showsAnother } from "../../lib/evidence/shows-another.ts";

const [one, two] = ["1", "2"].map((digit) => `sha256:${digit.repeat(64)}`);
const pin = `registry.example:5000/shop/catalogue:v1@${one}`;

test.each([
  [[], false],
  [["registry.example:5000/shop/catalogue"], true],
  [["registry.example:5000/shop/catalogue:v1"], false],
  [["registry.example:5000/shop/catalogue:v0"], true],
  [[`registry.example:5000/shop/catalogue:v0@${one}`], false],
  [[`registry.example:5000/shop/catalogue:v1@${two}`], true],
  [[`registry.example:5000/shop/catalogue@${one}`], false],
  [[`registry.example:5000/shop/catalogue:v0`, `registry.example:5000/shop/catalogue@${one}`], false],
  [["shop/catalogue:v0", "catalogue"], false],
])("%j", (images, expected) => {
  expect(showsAnother(images, pin)).toBe(expected);
});
