import type { ImagePolicy } from "../definition/environment-policy.ts";

/** What a pin looks like that an environment takes, for hints: `ghcr.io/acme/app:sha-<commit>`. */
export function wantedImage({ policy, registry }: { readonly policy: ImagePolicy; readonly registry: string }, name: string): string {
  const tag = { commit: "sha-<commit>", any: "<tag>", release: "v<major>.<minor>.<patch>" }[policy.tag];
  return `${registry}/${name}:${tag}${policy.digest === "required" ? "@sha256:<digest>" : ""}`;
}
