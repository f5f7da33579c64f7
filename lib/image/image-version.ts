import type { ImageReference } from "./image-reference.ts";
import { taggedCommit } from "./tagged-commit.ts";

/** How people call what an image holds: its tag, of `sha-<commit>` the commit's first 7 digits, of a digest alone its first 12. */
export function imageVersion({ tag, digest = "" }: ImageReference): string {
  if (tag === undefined) return digest.replace(/^sha256:/, "").slice(0, 12);
  return taggedCommit({ tag })?.slice(0, 7) ?? tag;
}
