import { Value } from "../definition/value.ts";
import { UserError } from "../errors/user-error.ts";

/** A colon before the first slash is a port, one behind it a tag: `localhost:5000/app`, `ghcr.io/acme/app:16`. */
const grammar = /^(?<repository>[^:@/\s]+(?::\d+)?(?:\/[^:@/\s]+)*)(?::(?<tag>[^:@/\s]+))?(?:@(?<digest>\S+))?$/;

/**
 * A container image as a Pod names it: registry, repository, tag and digest.
 * @see https://kubernetes.io/docs/concepts/containers/images/#image-names
 */
export class ImageReference extends Value {
  /** Registry and path: `ghcr.io/acme/app`. */
  readonly repository: string;
  readonly tag: string | undefined;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string | undefined;

  private constructor(repository: string, tag: string | undefined, digest: string | undefined) {
    super();
    this.repository = repository;
    this.tag = tag;
    this.digest = digest;
  }

  /**
   * Reads a reference.
   *
   * @throws UserError when it is malformed, names no registry, or has neither tag nor digest
   */
  static parse(text: string): ImageReference {
    const { repository = "", tag, digest } = grammar.exec(text)?.groups ?? {};
    const [host = "", ...path] = repository.split("/");
    if (path.length === 0 || !/^(localhost|[a-z0-9-]+(\.[a-z0-9-]+)+|[a-z0-9.-]+:\d+)(:\d+)?$/.test(host)) {
      throw malformed(text, "it names no registry and repository");
    }
    if (!path.every((part) => /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/.test(part))) {
      throw malformed(text, "its repository holds a character that registries refuse");
    }
    if (tag !== undefined && !/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(tag)) throw malformed(text, `its tag '${tag}' is no tag`);
    if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) {
      throw malformed(text, "its digest is not 'sha256:' and 64 hexadecimal digits");
    }
    if (tag === undefined && digest === undefined) throw malformed(text, "it has neither tag nor digest");
    return new ImageReference(repository, tag, digest);
  }

  override toString(): string {
    return `${this.repository}${this.tag === undefined ? "" : `:${this.tag}`}${this.digest === undefined ? "" : `@${this.digest}`}`;
  }
}

function malformed(text: string, reason: string): UserError {
  return new UserError(`'${text}' is not an image reference: ${reason}`, {
    hint: "write '<registry>/<repository>:<tag>', and '@sha256:<digest>' behind it where a digest is wanted",
  });
}
