/** Tags that registries and CI systems move from image to image, in lower case. */
export const movingTags: ReadonlySet<string> = new Set([
  "latest",
  "main",
  "master",
  "trunk",
  "head",
  "develop",
  "dev",
  "edge",
  "canary",
  "nightly",
  "snapshot",
  "stable",
  "staging",
  "production",
  "prod",
]);
