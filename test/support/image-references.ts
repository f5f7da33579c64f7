import fc from "fast-check";

const digest = `sha256:${"5e4d".repeat(16)}`;

/** The trusted prefixes that {@link imageReferences} is about. */
export const trustedPrefixes = ["ghcr.io/acme", "registry.example:5000", "docker.io/library", "docker.io/bookshop/cover"] as const;

/** The exempt one. */
export const exemptPrefix = "docker.io/istio/proxyv2";

/**
 * Images as Pods name them, and what a policy of {@link trustedPrefixes} has to make of each, written by hand: `trusted`, `stranger`, or `exempt`.
 * Those with a digest say so themselves.
 */
export const imageReferences: readonly (readonly [reference: string, verdict: "exempt" | "stranger" | "trusted"])[] = [
  // below the prefix, in every form
  ["ghcr.io/acme/app", "trusted"],
  ["ghcr.io/acme/app:v1.2.3", "trusted"],
  [`ghcr.io/acme/app@${digest}`, "trusted"],
  [`ghcr.io/acme/app:v1.2.3@${digest}`, "trusted"],
  ["ghcr.io/acme/team/app:latest", "trusted"],
  ["ghcr.io/acme/a__b.c-d--e/f_g:1", "trusted"],
  ["ghcr.io/acme:v1", "trusted"],
  ["registry.example:5000/app:1", "trusted"],
  [`registry.example:5000/deep/er/app:1@${digest}`, "trusted"],
  // neighbours of the prefix
  ["ghcr.io/acme-evil/app:1", "stranger"],
  ["ghcr.io/acmeevil/app:1", "stranger"],
  ["ghcr.io/acme.evil/app:1", "stranger"],
  ["ghcr.io/acme_evil/app:1", "stranger"],
  ["ghcr.io/evil/acme/app:1", "stranger"],
  ["ghcr.io/app:1", "stranger"],
  ["ghcr.io/ACME/app:1", "stranger"],
  ["GHCR.IO/acme/app:1", "stranger"],
  // another host, with the prefix somewhere in it
  ["evil.example/ghcr.io/acme/app:1", "stranger"],
  ["evil.example/ghcr.io/acme", "stranger"],
  ["ghcr.io.evil.example/acme/app:1", "stranger"],
  ["xghcr.io/acme/app:1", "stranger"],
  ["ghcrxio/acme/app:1", "stranger"],
  ["ghcr-io/acme/app:1", "stranger"],
  ["ghcr.io:443/acme/app:1", "stranger"],
  ["ghcr.io:1/acme/app:1", "stranger"],
  ["https://ghcr.io/acme/app:1", "stranger"],
  ["docker://ghcr.io/acme/app:1", "stranger"],
  ["user@ghcr.io/acme/app:1", "stranger"],
  ["ghcr.io@evil.example/acme/app:1", "stranger"],
  ["evil.example/app:1?ghcr.io/acme/app", "stranger"],
  ["evil.example/app:1#ghcr.io/acme/app", "stranger"],
  ["registry.example/app:1", "stranger"],
  ["registry.example:50000/app:1", "stranger"],
  ["registry.example:5000.evil.example/app:1", "stranger"],
  ["registryxexample:5000/app:1", "stranger"],
  // paths that lead elsewhere, or that no registry takes
  ["ghcr.io/acme/../evil/app:1", "stranger"],
  ["ghcr.io/acme/./app:1", "stranger"],
  ["ghcr.io/acme//app:1", "stranger"],
  ["ghcr.io//acme/app:1", "stranger"],
  ["/ghcr.io/acme/app:1", "stranger"],
  ["ghcr.io/acme/app/", "stranger"],
  ["ghcr.io/acme/%2e%2e/evil:1", "stranger"],
  ["ghcr.io/acme\\evil/app:1", "stranger"],
  ["ghcr.io/acme/App:1", "stranger"],
  ["ghcr.io/acme/app-:1", "stranger"],
  // tags and digests that are none
  ["ghcr.io/acme/app:", "stranger"],
  ["ghcr.io/acme/app:1:2", "stranger"],
  ["ghcr.io/acme/app:-1", "stranger"],
  ["ghcr.io/acme/app@", "stranger"],
  ["ghcr.io/acme/app@sha256:5e4d", "stranger"],
  [`ghcr.io/acme/app@${digest}00`, "stranger"],
  [`ghcr.io/acme/app@${digest.toUpperCase()}`, "stranger"],
  [`ghcr.io/acme/app@${digest}@${digest}`, "stranger"],
  [`ghcr.io/acme/app@${digest}:1`, "stranger"],
  [`ghcr.io/acme/app@md5:${"0".repeat(32)}`, "stranger"],
  [`evil.example/app@${digest}`, "stranger"],
  // letters that look like others, or end a line
  ["ghcr.io/аcme/app:1", "stranger"],
  ["ghcr.io/acme/app\u200b:1", "stranger"],
  ["ghcr.io/acme/app:1\nevil.example/app:1", "stranger"],
  ["evil.example/app:1\nghcr.io/acme/app:1", "stranger"],
  ["ghcr.io/acme/app:1\n", "stranger"],
  ["ghcr.io/acme/app:1 ", "stranger"],
  ["ghcr.io/acme/it's:1", "stranger"],
  // Docker Hub, by its short names too
  ["nginx", "trusted"],
  ["nginx:1.29", "trusted"],
  [`nginx@${digest}`, "trusted"],
  // without a slash it is no host and port, but an image of Docker Hub with a tag
  ["registry.example:5000", "trusted"],
  ["library/nginx:1.29", "trusted"],
  ["docker.io/nginx:1.29", "trusted"],
  ["docker.io/library/nginx:1.29", "trusted"],
  ["index.docker.io/library/nginx:1.29", "trusted"],
  ["bookshop/cover:1", "trusted"],
  [`docker.io/bookshop/cover:1@${digest}`, "trusted"],
  ["bookshop/covers:1", "stranger"],
  ["bookshop/nginx:1", "stranger"],
  ["evil/library/nginx:1", "stranger"],
  ["docker.io/evil/nginx:1", "stranger"],
  ["docker.io.evil.example/library/nginx:1", "stranger"],
  ["dockerxio/library/nginx:1", "stranger"],
  ["evil.example/library/nginx:1", "stranger"],
  ["localhost/nginx:1", "stranger"],
  ["localhost:5000/nginx:1", "stranger"],
  // exempt, digest or not
  ["docker.io/istio/proxyv2:1.31.1", "exempt"],
  ["istio/proxyv2:1.31.1-distroless", "exempt"],
  ["docker.io/istio/proxyv2-evil:1.31.1", "stranger"],
  ["docker.io/istio/pilot:1.31.1", "stranger"],
];

/** Whether a reference of the list ends in a whole digest. */
export function hasDigest(reference: string): boolean {
  return reference.endsWith(`@${digest}`);
}

const part = fc.constantFrom(
  "acme",
  "acme-evil",
  "app",
  "ghcr.io",
  "docker.io",
  "index.docker.io",
  "library",
  "bookshop",
  "cover",
  "istio",
  "proxyv2",
);
const host = fc.constantFrom(
  "ghcr.io",
  "ghcr.io.evil",
  "docker.io",
  "index.docker.io",
  "registry.example:5000",
  "localhost",
  "evil.example",
);
const path = fc.array(part, { minLength: 1, maxLength: 4 });
const end = fc.constantFrom("", ":1", ":v1.2.3-rc.1", `@${digest}`, `:1@${digest}`);

/** Images of names that are near the trusted ones, part by part, and what their names end in. */
export const imageNames = fc.tuple(
  fc.oneof(
    path,
    fc.tuple(host, path).map(([first, rest]) => [first, ...rest]),
  ),
  end,
);
