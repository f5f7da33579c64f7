import { expect, test } from "@jest/globals";
import { pinKey, readImagePins } from "../../lib/image/image-pins.ts";
import { parsePinKey, pinKeysOf } from "../../lib/image/pin-keys.ts";

test.each([
  ["shop", "frontend", undefined, undefined],
  ["shop", "frontend", "proxy", undefined],
  ["shop", "frontend", undefined, "canary"],
  ["shop", "frontend", "proxy", "canary"],
])("reads back the key of %s/%s, container %s, track %s", (system, service, container, track) => {
  expect(parsePinKey(pinKey(system, service, container, track))).toEqual({ system, service, container, track });
});

test.each([
  "shop",
  "shop/",
  "/frontend",
  "shop/frontend:",
  "shop/frontend@",
  "shop/frontend@canary:proxy",
  "shop/front/end",
  "shop/a:b:c",
  "",
])("reads nothing from '%s'", (text) => {
  expect(parsePinKey(text)).toBeUndefined();
});

test("finds every container and track of a service, and of no other", () => {
  const keys = ["shop/app", "shop/app-two", "shop/app:proxy", "shop/app@canary", "shop/app:proxy@canary", "stock/app", "shop/web:app"];
  const pins = readImagePins(keys.map((key) => `${key}: ghcr.io/acme/app:v1.0.0\n`).join(""), "images.yaml");
  expect(pinKeysOf(pins, "shop", "app")).toEqual(["shop/app", "shop/app:proxy", "shop/app@canary", "shop/app:proxy@canary"]);
});
