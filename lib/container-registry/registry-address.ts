/** Docker Hub by the name that it had before it was `docker.io`; Docker's configuration calls it by that still. */
export const formerHubHost = "index.docker.io";

/** Docker Hub's key in Docker's configuration. @see https://docs.docker.com/reference/cli/docker/login/ */
export const hubServer = `https://${formerHubHost}/v1/`;

/** Where a repository of images is asked for. */
export interface RegistryAddress {
  /** As references say it, and as messages do: `ghcr.io`. */
  readonly host: string;
  /** What Docker's configuration and credential helpers call it. */
  readonly server: string;
  /** `https://ghcr.io`; plain HTTP on this machine only. */
  readonly origin: string;
  /** The repository inside it: `acme/app`. */
  readonly name: string;
}

/** Whether a host, as `URL.hostname` writes it, is this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/**
 * The address of a repository.
 *
 * @param repository - registry and path, as `ImageReference.repository`
 */
export function registryAddress(repository: string): RegistryAddress {
  const slash = repository.indexOf("/");
  const [host, name] = [repository.slice(0, slash), repository.slice(slash + 1)];
  if (host === "docker.io" || host === formerHubHost) {
    // its API has a host of its own, and its first accounts a key from before there was one
    return {
      host: "docker.io",
      server: hubServer,
      origin: "https://registry-1.docker.io",
      name: name.includes("/") ? name : `library/${name}`,
    };
  }
  const scheme = isLoopback(new URL(`http://${host}`).hostname) ? "http" : "https";
  return { host, server: host, origin: `${scheme}://${host}`, name };
}
