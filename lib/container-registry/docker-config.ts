import { UserError } from "../errors/user-error.ts";
import { formerHubHost } from "./registry-address.ts";

/** What Docker's configuration says of one registry. */
export interface DockerConfigEntry {
  /** The name of its credential helper, the program's own without `docker-credential-`. */
  readonly helper: string | undefined;
  /** What stands under `auths`. */
  readonly stored: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Looks a registry up in a `config.json`, its keys with or without scheme and version: `ghcr.io`, `https://ghcr.io/v1/`.
 *
 * @param server - what Docker calls the registry
 * @param path - the file, for messages
 * @throws UserError when the text is no JSON object
 * @see https://docs.docker.com/reference/cli/docker/login/
 */
export function readDockerConfig(text: string, server: string, path: string): DockerConfigEntry {
  const config = parsed(text, path);
  const own = entryOf(config.credHelpers, server);
  const helper = typeof own === "string" ? own : config.credsStore;
  const stored = entryOf(config.auths, server);
  return {
    helper: typeof helper === "string" && helper !== "" ? helper : undefined,
    stored: isRecord(stored) ? stored : undefined,
  };
}

function parsed(text: string, path: string): Readonly<Record<string, unknown>> {
  try {
    const config: unknown = JSON.parse(text);
    if (isRecord(config)) return config;
  } catch {
    // its words would quote the text, and that holds passwords
  }
  throw new UserError(`'${path}' is no JSON object`, { hint: "it is Docker's configuration: `docker login` writes it" });
}

function entryOf(entries: unknown, server: string): unknown {
  if (!isRecord(entries)) return undefined;
  if (Object.hasOwn(entries, server)) return entries[server];
  const key = Object.keys(entries).find((known) => hostOf(known) === hostOf(server));
  return key === undefined ? undefined : entries[key];
}

/** A key with a path of its own is about something inside the registry, and stays as it is. */
function hostOf(key: string): string {
  const host = key.replace(/^https?:\/\//, "").replace(/\/(v[12]\/?)?$/, "");
  return host === "docker.io" || host === "registry-1.docker.io" ? formerHubHost : host;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
