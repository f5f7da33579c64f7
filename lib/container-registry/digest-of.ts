import { createHash } from "node:crypto";
import { UserError } from "../errors/user-error.ts";
import type { ImageReference } from "../image/image-reference.ts";
import type { RegistrySession } from "./registry-session.ts";
import type { Received } from "./send.ts";

/** Of whole images and of one platform's, as OCI and as Docker name them. */
const manifestTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

const digestHeader = "docker-content-digest";

/**
 * Asks a registry for the digest of an image: of its digest where the reference has one, which is thereby seen to exist, else of its tag.
 *
 * @param session - with the reference's repository
 * @returns `sha256:` and 64 hexadecimal digits; `undefined` when the registry has no such tag, digest or repository
 * @throws UserError when the registry refuses, does not answer, or answers what makes no sense
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#checking-if-content-exists-in-the-registry
 */
export async function digestOf({ tag, digest }: ImageReference, session: RegistrySession): Promise<string | undefined> {
  const path = `manifests/${digest ?? tag ?? "latest"}`;
  const { host } = session.address;
  const short = await session.ask("HEAD", path, manifestTypes);
  if (short.status === 404) return undefined;
  const told = short.status === 200 ? short.header(digestHeader) : undefined;
  if (told !== undefined) return checked(told, digest, host);
  // some registries know no HEAD, and the header is optional
  const whole = await session.ask("GET", path, manifestTypes);
  if (whole.status === 404) return undefined;
  if (whole.status !== 200) throw new UserError(`'${host}' answered ${whole.status} when asked for '${session.address.name}'`);
  requireManifest(whole, host);
  return checked(`sha256:${createHash("sha256").update(whole.body).digest("hex")}`, digest, host);
}

function checked(told: string, wanted: string | undefined, host: string): string {
  if (!/^sha256:[0-9a-f]{64}$/.test(told)) {
    throw new UserError(`'${host}' gives a digest that is not 'sha256:' and 64 hexadecimal digits: got '${told.slice(0, 80)}'`);
  }
  if (wanted !== undefined && told !== wanted) throw new UserError(`'${host}' gives '${told}' when asked for '${wanted}'`);
  return told;
}

/** A login page has a digest too. */
function requireManifest({ body }: Received, host: string): void {
  try {
    const manifest = JSON.parse(Buffer.from(body).toString("utf8")) as { readonly schemaVersion?: unknown };
    if (manifest.schemaVersion === 2) return;
  } catch {
    // said below
  }
  throw new UserError(`'${host}' answers with something that is no image manifest`, {
    hint: "is it a registry, and reached without a login page?",
  });
}
