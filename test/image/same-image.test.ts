import { expect, test } from "@jest/globals";
import { ImageReference } from "../../lib/image/image-reference.ts";
import type { Pins } from "../../lib/image/pins.ts";
import { haveSameImages, isSameImage } from "../../lib/image/same-image.ts";

const [a, b] = ["a", "b"].map((digit) => `@sha256:${digit.repeat(64)}`);
const image = (text: string): ImageReference => ImageReference.parse(`ghcr.io/acme/${text}`);

test.each([
  ["till:v1", "till:v1", true],
  ["till:v1", "till:v2", false],
  [`till:v1${a}`, `till:v2${a}`, true],
  [`till:v1${a}`, `till${a}`, true],
  [`till:v1${a}`, `till:v1${b}`, false],
  [`till:v1${a}`, "till:v1", false],
  ["till:v1", "shelf:v1", false],
  [`till${a}`, `shelf${a}`, false],
])("%s and %s: %s", (one, other, same) => {
  expect([isSameImage(image(one), image(other)), isSameImage(image(other), image(one))]).toEqual([same, same]);
});

test("pins have the images of others when they have each of their keys", () => {
  const pins = (...entries: [string, string][]): Pins => new Map(entries.map(([key, text]) => [key, image(text)]));
  const both = pins(["shop/till", `till:v1${a}`], ["shop/shelf", "shelf:v1"]);
  expect(haveSameImages(both, pins(["shop/till", `till:v2${a}`]))).toBe(true);
  expect(haveSameImages(both, pins(["shop/till", `till:v1${b}`], ["shop/shelf", "shelf:v1"]))).toBe(false);
  expect(haveSameImages(pins(["shop/till", "till:v1"]), both)).toBe(false);
});
