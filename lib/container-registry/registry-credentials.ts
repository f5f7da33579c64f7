import { UserError } from "../errors/user-error.ts";
import { readDockerConfig } from "./docker-config.ts";
import type { RegistryAddress } from "./registry-address.ts";
import type { RegistryWorld } from "./registry-world.ts";

/** What a credential helper prints where it knows none. */
const notFound = "credentials not found in native keychain";

/** What a helper says in place of a user's name where the secret is an identity token. */
const tokenUser = "<token>";

/** What a registry is shown; never printed. */
export type Secret =
  | { readonly kind: "password"; readonly user: string; readonly password: string }
  /** Traded for a token at the registry's token server. */
  | { readonly kind: "identity-token"; readonly token: string }
  /** Shown to the registry as it is. */
  | { readonly kind: "registry-token"; readonly token: string };

/** Credentials for a registry, or none. */
export interface RegistryCredentials {
  readonly secret: Secret | undefined;
  /** Their sort and where they come from, for messages: `user and password from '~/.docker/config.json'`. */
  readonly title: string;
}

/**
 * The credentials for a registry by Docker's configuration: its helper's, else those under `auths`.
 *
 * @throws UserError when the configuration cannot be read, or a helper is missing or fails
 */
export async function registryCredentials(address: RegistryAddress, world: RegistryWorld): Promise<RegistryCredentials> {
  const { path, text } = world.dockerConfig();
  if (text === undefined) return { secret: undefined, title: `no credentials: there is no '${path}'` };
  const { helper, stored } = readDockerConfig(text, address.server, path);
  if (helper !== undefined) {
    const secret = await askHelper(helper, address, path, world);
    if (secret !== undefined) return { secret, title: `${titleOf(secret)} from 'docker-credential-${helper}'` };
  }
  const secret = stored && secretOf(stored, address, path);
  if (secret !== undefined) return { secret, title: `${titleOf(secret)} from '${path}'` };
  const asked = helper === undefined ? "" : `, and 'docker-credential-${helper}' knows none`;
  return { secret: undefined, title: `no credentials: '${path}' holds none for '${address.host}'${asked}` };
}

async function askHelper(
  helper: string,
  { server, host }: RegistryAddress,
  path: string,
  world: RegistryWorld,
): Promise<Secret | undefined> {
  const program = `docker-credential-${helper}`;
  if (!/^[\w.-]+$/.test(helper)) throw new UserError(`'${helper}' in '${path}' is not the name of a credential helper`);
  const answer = await world.askHelper(program, server);
  if (answer === undefined) {
    throw new UserError(`there is no program '${program}', which '${path}' names for '${host}'`, {
      hint: "install it, or take the line out of that file",
    });
  }
  if (answer.exitCode !== 0) {
    if (answer.stdout.trim() === notFound) return undefined;
    // what it printed may hold what it was asked for
    throw new UserError(`'${program}' gives no credentials for '${host}': exit code ${answer.exitCode}`, {
      hint: `log in again: \`docker login ${host}\``,
    });
  }
  const { Username: user, Secret: secret } = fieldsOf(answer.stdout);
  if (typeof user !== "string" || typeof secret !== "string")
    throw new UserError(`'${program}' gives no credentials for '${host}': its answer has no 'Username' and 'Secret'`);
  if (secret === "") return undefined;
  return user === tokenUser ? { kind: "identity-token", token: secret } : { kind: "password", user, password: secret };
}

function secretOf(stored: Readonly<Record<string, unknown>>, { host }: RegistryAddress, path: string): Secret | undefined {
  const { auth, username, password, identitytoken, registrytoken } = stored;
  if (isFilled(identitytoken)) return { kind: "identity-token", token: identitytoken };
  if (isFilled(registrytoken)) return { kind: "registry-token", token: registrytoken };
  if (isFilled(username) && isFilled(password)) return { kind: "password", user: username, password };
  if (!isFilled(auth)) return undefined;
  // Docker itself pads a password with zeroes
  const [, user, decoded] = /^([^:]+):(.*?)\0*$/s.exec(Buffer.from(auth, "base64").toString("utf8")) ?? [];
  if (user === undefined || decoded === undefined)
    throw new UserError(`'auth' of '${host}' in '${path}' is not '<user>:<password>' in base64`, { hint: `run \`docker login ${host}\`` });
  return { kind: "password", user, password: decoded };
}

function titleOf({ kind }: Secret): string {
  return { password: "user and password", "identity-token": "an identity token", "registry-token": "a registry token" }[kind];
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const fields: unknown = JSON.parse(text);
    return typeof fields === "object" && fields !== null ? (fields as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

function isFilled(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
