import { resolveDigest } from "../../container-registry/resolve-digest.ts";
import type { RegistryWorld } from "../../container-registry/registry-world.ts";
import { UserError } from "../../errors/user-error.ts";
import { ImageReference } from "../../image/image-reference.ts";
import type { PromotedPin } from "../../promotion/promoted-pins.ts";

/**
 * Makes sure that a tag names the very images that are promoted.
 *
 * @throws UserError when the registry does not have the tag, it names another image, or the registry does not answer
 */
export async function requireSameImage(pins: readonly PromotedPin[], tag: string, registry: RegistryWorld): Promise<void> {
  for (const { key, source } of pins) {
    const found = await resolveDigest(ImageReference.parse(`${source.repository}:${tag}`), registry);
    if (found.digest === source.digest) continue;
    throw new UserError(`the tag '${tag}' of '${source.repository}' is another image than the one of '${key}'`, {
      hint: `the tag is ${found.digest ?? "nothing"}, what ran is ${source.digest ?? "nothing"}; give what ran that tag, never build it again`,
    });
  }
}
