import { UserError } from "../errors/user-error.ts";

/** One part of a repository's path, as registries take it. */
const part = "[a-z0-9]+(?:(?:[.]|__?|-+)[a-z0-9]+)*";
const tag = "(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?";
const digest = "@sha256:[0-9a-f]{64}";
const dockerHub = "(?:index[.])?docker[.]io/";
const host = /^(localhost|[a-z0-9]+(?:[.-]+[a-z0-9]+)*)(:[0-9]{1,5})?$/;
const wholePart = new RegExp(`^${part}$`);

/** What an image that names its content by digest ends in; a regular expression that RE2 and JavaScript read alike. */
export const digestPattern = `${digest}$`;

/**
 * Checks a prefix of images: a registry, and as many parts of the path as are meant.
 *
 * @param what - the thing in the author's words: `trusted registry`
 * @throws UserError when it is none, or is the whole of Docker Hub
 */
export function requireImagePrefix(what: string, prefix: string): void {
  const [registry = "", ...path] = prefix.split("/");
  const isHost = host.test(registry) && /[.:]|^localhost$/.test(registry);
  if (!isHost || !path.every((one) => wholePart.test(one))) {
    throw new UserError(`the ${what} '${prefix}' is no registry with a path`, {
      hint: "write it without scheme, tag and trailing slash, for example 'ghcr.io/acme'; images of Docker Hub are 'docker.io/<organization>'",
    });
  }
  if (registry === "index.docker.io") {
    throw new UserError(`the ${what} '${prefix}' is Docker Hub by another name`, { hint: `write '${["docker.io", ...path].join("/")}'` });
  }
  if (prefix === "docker.io") {
    throw new UserError(`the ${what} 'docker.io' takes in everybody's images`, { hint: "name an organization: 'docker.io/library'" });
  }
}

/** Whether everything below one prefix is below another as well: `ghcr.io/acme/shop` is within `ghcr.io/acme`, `ghcr.io/acme-evil` is not. */
export function isWithin(prefix: string, outer: string): boolean {
  return prefix === outer || prefix.startsWith(`${outer}/`);
}

/**
 * A regular expression for whole image references below any of some prefixes, however a Pod may spell them: it ends at the borders of a path's
 * parts, and the short names of Docker Hub are what they stand for. RE2 (CEL, policy engines) and JavaScript read it alike.
 *
 * @param prefixes - as {@link requireImagePrefix} takes them; at least one
 */
export function imagePattern(prefixes: readonly string[]): string {
  const below = `(?:${prefixes.map(repositoryPattern).join("|")})(?:/${part})*`;
  return `^(?:${[below, ...prefixes.flatMap(officialImages)].join("|")})${tag}(?:${digest})?$`;
}

function repositoryPattern(prefix: string): string {
  const [registry, first, ...rest] = prefix.split("/").map(escaped);
  if (registry !== "docker[.]io") return first === undefined ? `${registry ?? ""}/${part}` : [registry, first, ...rest].join("/");
  // a first part that could be a host is one, where no host stands before it
  const isHost = first === "localhost" || (first ?? "").includes(".");
  // an organization alone is no image: its name would be that of an official one
  const name = rest.length === 0 ? `/${part}` : "";
  return `${isHost ? dockerHub : `(?:${dockerHub})?`}${[first, ...rest].join("/")}${name}`;
}

/** The images of Docker Hub's own organization are known by their name alone. */
function officialImages(prefix: string): readonly string[] {
  const [registry, organization, name = part, ...below] = prefix.split("/");
  if (registry !== "docker.io" || organization !== "library" || below.length > 0) return [];
  return [`(?:${dockerHub})?${name === part ? part : escaped(name)}`];
}

function escaped(text: string): string {
  return text.replaceAll(".", "[.]");
}
