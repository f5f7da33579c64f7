import { expect, test } from "@jest/globals";
import { imageVersion } from "../../lib/manifest/image-name.ts";

test.each([
  ["nginx", undefined, undefined],
  ["nginx:1.29", "1.29", undefined],
  ["localhost:5000/catalogue", undefined, undefined],
  ["localhost:5000/catalogue:main", "main", undefined],
  ["registry.example/catalogue@sha256:abc", undefined, "sha256:abc"],
  ["registry.example:443/catalogue:v1.2.0@sha256:abc", "v1.2.0", "sha256:abc"],
  ["", undefined, undefined],
])("reads which build '%s' means", (image, tag, digest) => {
  expect(imageVersion(image)).toEqual({ tag, digest });
});
