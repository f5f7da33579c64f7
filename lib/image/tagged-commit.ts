import type { ImageReference } from "./image-reference.ts";

/** The commit that a tag `sha-<commit>` names, as it stands there, which may be a short id. */
export function taggedCommit({ tag }: Pick<ImageReference, "tag">): string | undefined {
  return /^sha-([0-9a-f]{7,64})$/.exec(tag ?? "")?.[1];
}
