import type { ImagePolicy } from "../definition/environment-policy.ts";
import { movingTags } from "../manifest/moving-tags.ts";
import type { ImageReference } from "./image-reference.ts";

/**
 * What is wrong with a reference in an environment of this policy, or `undefined`.
 * The text follows on a subject: `the pin of 'shop/frontend' in 'production' …`.
 */
export function imagePolicyProblem(reference: ImageReference, policy: ImagePolicy): string | undefined {
  if (policy.digest === "required" && reference.digest === undefined) return "has no digest";
  const tag = reference.tag;
  if (tag === undefined) return policy.tag === "release" ? "has no release tag beside its digest" : undefined;
  if (movingTags.has(tag.toLowerCase())) return `has the moving tag '${tag}'`;
  switch (policy.tag) {
    case "any":
      return undefined;
    case "commit":
      return reference.digest !== undefined || /^sha-[0-9a-f]{7,40}$/.test(tag)
        ? undefined
        : `has the tag '${tag}', which is not 'sha-<commit>'`;
    case "release":
      return /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(tag) ? undefined : `has the tag '${tag}', which is not a release such as 'v1.2.0'`;
  }
}
