import { UserError } from "../errors/user-error.ts";
import type { Challenge } from "./challenge.ts";
import { isLoopback, type RegistryAddress } from "./registry-address.ts";
import type { Secret } from "./registry-credentials.ts";
import type { RegistryRequest, RegistryWorld } from "./registry-world.ts";
import { send } from "./send.ts";

const clientId = "keelson";

/**
 * Fetches a token that reads one repository from the token server that a challenge names: by the user's password, by an identity token, or for
 * nobody in particular.
 *
 * @returns the token; `undefined` when the token server refuses the credentials
 * @throws UserError when the challenge or the answer makes no sense, or the token server would be sent credentials in the clear
 * @see https://distribution.github.io/distribution/spec/auth/token/
 * @see https://distribution.github.io/distribution/spec/auth/oauth/
 */
export async function fetchBearerToken(
  { parameters }: Challenge,
  address: RegistryAddress,
  secret: Secret | undefined,
  world: RegistryWorld,
): Promise<string | undefined> {
  const realm = tokenServer(parameters.realm ?? "", address);
  const { service } = parameters;
  const scope = parameters.scope ?? `repository:${address.name}:pull`;
  const asked: readonly (readonly [string, string])[] = [...(service === undefined ? [] : [["service", service] as const])];
  const request =
    secret?.kind === "identity-token" ? refresh(realm, asked, scope, secret.token) : grant(realm, asked, scope.split(" "), secret);
  const answer = await send(request, world);
  if (answer.status === 401 || answer.status === 403) return undefined;
  if (answer.status !== 200) throw new UserError(`the token server '${realm.host}' of '${address.host}' answered ${answer.status}`);
  const token = tokenIn(answer.body);
  if (token === undefined) throw new UserError(`the token server '${realm.host}' of '${address.host}' gave no token`);
  return token;
}

function tokenServer(realm: string, { host, origin }: RegistryAddress): URL {
  if (!URL.canParse(realm)) throw new UserError(`'${host}' names no token server: its challenge has no address as 'realm'`);
  const url = new URL(realm);
  // only a registry of this machine may name a token server of this machine
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && origin.startsWith("http:") && isLoopback(url.hostname));
  if (!isSafe) {
    throw new UserError(`'${host}' names the token server '${url.protocol}//${url.host}', which is not encrypted`, {
      hint: "credentials are not sent there; tell who runs the registry",
    });
  }
  return url;
}

function grant(
  realm: URL,
  asked: readonly (readonly [string, string])[],
  scopes: readonly string[],
  secret: Secret | undefined,
): RegistryRequest {
  const url = new URL(realm);
  for (const [key, value] of asked) url.searchParams.append(key, value);
  for (const scope of scopes) url.searchParams.append("scope", scope);
  url.searchParams.append("client_id", clientId);
  const headers = {
    accept: "application/json",
    ...(secret?.kind === "password" && { authorization: basic(secret.user, secret.password) }),
  };
  return { method: "GET", url: url.href, headers };
}

function refresh(realm: URL, asked: readonly (readonly [string, string])[], scope: string, token: string): RegistryRequest {
  const form = new URLSearchParams([
    ["grant_type", "refresh_token"],
    ...asked.map(([key, value]) => [key, value] as [string, string]),
    ["client_id", clientId],
    ["scope", scope],
    ["refresh_token", token],
  ]);
  const headers = { accept: "application/json", "content-type": "application/x-www-form-urlencoded" };
  return { method: "POST", url: realm.href, headers, body: form.toString() };
}

/** What HTTP calls Basic. */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

function tokenIn(body: Uint8Array): string | undefined {
  try {
    const { token, access_token: accessToken } = JSON.parse(Buffer.from(body).toString("utf8")) as Readonly<Record<string, unknown>>;
    return [token, accessToken].find(isToken);
  } catch {
    return undefined;
  }
}

/** One that a header cannot hold would be quoted in the error. */
function isToken(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}
