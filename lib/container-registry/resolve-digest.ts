import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";
import { ImageReference } from "../image/image-reference.ts";
import { digestOf } from "./digest-of.ts";
import { RegistrySession } from "./registry-session.ts";
import type { RegistryWorld } from "./registry-world.ts";

/** How many tags are read to name those nearest to one that is not there. */
const mostTags = 1000;

/**
 * The same image with the digest that its tag has in the registry now; the tag stays. A reference that has a digest already is returned as it is once the
 * registry is seen to have it.
 *
 * @throws UserError when the registry has no such image, refuses, does not answer, or answers what makes no sense
 */
export async function resolveDigest(reference: ImageReference, world: RegistryWorld): Promise<ImageReference> {
  const session = new RegistrySession(reference.repository, world);
  const digest = await digestOf(reference, session);
  if (digest === undefined) throw await notThere(reference, session);
  if (reference.digest !== undefined) return reference;
  return ImageReference.parse(`${reference.toString()}@${digest}`);
}

async function notThere({ repository, tag = "", digest }: ImageReference, session: RegistrySession): Promise<UserError> {
  if (digest !== undefined) return new UserError(`'${repository}' has no image '${digest}'`, { hint: "was it pushed, and there?" });
  const near = nearestNames(tag, await tagsOf(session));
  return new UserError(`'${repository}' has no tag '${tag}'`, {
    hint: near === "" ? "was it pushed, and there?" : `was it pushed? the nearest tags are: ${near}`,
  });
}

/** Best effort: that the tag is not there is known already. */
async function tagsOf(session: RegistrySession): Promise<readonly string[]> {
  try {
    const { status, body } = await session.ask("GET", `tags/list?n=${mostTags}`, "application/json");
    if (status !== 200) return [];
    const { tags } = JSON.parse(Buffer.from(body).toString("utf8")) as { readonly tags?: unknown };
    return Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [];
  } catch (error) {
    if (error instanceof UserError || error instanceof SyntaxError) return [];
    throw error;
  }
}
