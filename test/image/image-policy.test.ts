import { describe, expect, test } from "@jest/globals";
import type { ImagePolicy } from "../../lib/definition/environment-policy.ts";
import { imagePolicyProblem } from "../../lib/image/image-policy.ts";
import { ImageReference } from "../../lib/image/image-reference.ts";

const digest = `@sha256:${"a1".repeat(32)}`;
const noDigest = "has no digest";

/** What every policy says of a reference: commit, any and release with an optional digest, then the same with a required one. */
const table: [string, ...(string | undefined)[]][] = [
  [
    ":sha-1234567",
    undefined,
    undefined,
    "has the tag 'sha-1234567', which is not a release such as 'v1.2.0'",
    noDigest,
    noDigest,
    noDigest,
  ],
  [":v1.2.0", "has the tag 'v1.2.0', which is not 'sha-<commit>'", undefined, undefined, noDigest, noDigest, noDigest],
  [
    ":16",
    "has the tag '16', which is not 'sha-<commit>'",
    undefined,
    "has the tag '16', which is not a release such as 'v1.2.0'",
    noDigest,
    noDigest,
    noDigest,
  ],
  [":latest", ...Array<string>(3).fill("has the moving tag 'latest'"), noDigest, noDigest, noDigest],
  [`:latest${digest}`, ...Array<string>(6).fill("has the moving tag 'latest'")],
  [`:Main${digest}`, ...Array<string>(6).fill("has the moving tag 'Main'")],
  [
    `:sha-1234567${digest}`,
    undefined,
    undefined,
    "has the tag 'sha-1234567', which is not a release such as 'v1.2.0'",
    undefined,
    undefined,
    "has the tag 'sha-1234567', which is not a release such as 'v1.2.0'",
  ],
  // a digest makes any tag immutable
  [
    `:16.4${digest}`,
    undefined,
    undefined,
    "has the tag '16.4', which is not a release such as 'v1.2.0'",
    undefined,
    undefined,
    "has the tag '16.4', which is not a release such as 'v1.2.0'",
  ],
  [`:v1.2.0${digest}`, ...Array<undefined>(6).fill(undefined)],
  [`:1.2.0-rc.1${digest}`, ...Array<undefined>(6).fill(undefined)],
  [digest, undefined, undefined, "has no release tag beside its digest", undefined, undefined, "has no release tag beside its digest"],
];
const policies: ImagePolicy[] = (["optional", "required"] as const).flatMap((digest) =>
  (["commit", "any", "release"] as const).map((tag) => ({ tag, digest })),
);

describe("the image policy", () => {
  test.each(
    table.flatMap(([reference, ...problems]) => policies.map((policy, index) => ({ reference, policy, problem: problems[index] }))),
  )("of tag $policy.tag and digest $policy.digest says of '$reference': $problem", ({ reference, policy, problem }) => {
    expect(imagePolicyProblem(ImageReference.parse(`ghcr.io/acme/till${reference}`), policy)).toBe(problem);
  });

  test.each(["sha-123456", "sha-12345678901234567890123456789012345678901", "sha-ABCDEF0", "sha-", "1234567", "sha-1234567-dirty"])(
    "takes '%s' for no commit",
    (tag) => {
      expect(imagePolicyProblem(ImageReference.parse(`ghcr.io/acme/till:${tag}`), { tag: "commit", digest: "optional" })).toBe(
        `has the tag '${tag}', which is not 'sha-<commit>'`,
      );
    },
  );

  test.each(["v1.2", "1", "v1.2.3.4", "release-1.2.3", "v1.2.3_1", "V1.2.3"])("takes '%s' for no release", (tag) => {
    expect(imagePolicyProblem(ImageReference.parse(`ghcr.io/acme/till:${tag}`), { tag: "release", digest: "optional" })).toBe(
      `has the tag '${tag}', which is not a release such as 'v1.2.0'`,
    );
  });
});
