import { UserError } from "../errors/user-error.ts";
import { isLoopback } from "./registry-address.ts";
import type { RegistryAnswer, RegistryRequest, RegistryWorld } from "./registry-world.ts";
import { explainSilence } from "./explain-silence.ts";

const mostAttempts = 4;
const mostRedirects = 5;

/** The longest wait that a server may ask for, in milliseconds. */
const longestWait = 30_000;

/** The wait before the second attempt where the server names none; doubles. */
const firstWait = 500;

/** An answer, and who gave it. */
export interface Received extends RegistryAnswer {
  /** `https://ghcr.io` */
  readonly origin: string;
}

/**
 * Sends a request until it is answered: again after 429 and 5xx, and on where a redirect leads. Credentials stay with the origin that the request
 * names, and nothing goes on in the clear that began encrypted.
 *
 * @throws UserError when nobody answers, a redirect must not be followed, or the server wants more patience than there is
 */
export async function send(first: RegistryRequest, world: RegistryWorld): Promise<Received> {
  let request = first;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const answer = await sendUntilServed(request, world);
    const location = [301, 302, 303, 307, 308].includes(answer.status) ? answer.header("location") : undefined;
    // what a POST holds is for nobody else
    if (location === undefined || request.method === "POST") return { ...answer, origin: originOf(request.url) };
    request = redirected(request, location, first);
  }
  throw new UserError(`'${hostOf(first.url)}' redirects more than ${mostRedirects} times`);
}

function redirected(request: RegistryRequest, location: string, first: RegistryRequest): RegistryRequest {
  const from = new URL(request.url);
  if (!URL.canParse(location, from.href)) throw new UserError(`'${from.host}' redirects to something that is no address`);
  const to = new URL(location, from);
  const isSafe = to.protocol === "https:" || (to.protocol === "http:" && from.protocol === "http:" && isLoopback(to.hostname));
  if (!isSafe) throw new UserError(`'${from.host}' redirects to '${to.protocol}//${to.host}', which is not encrypted`);
  const { authorization, ...others } = first.headers;
  const mayShow = authorization !== undefined && to.origin === originOf(first.url);
  return { ...request, url: to.href, headers: mayShow ? { ...others, authorization } : others };
}

async function sendUntilServed(request: RegistryRequest, world: RegistryWorld): Promise<RegistryAnswer> {
  const host = hostOf(request.url);
  for (let attempt = 1; ; attempt++) {
    const answer = await world.exchange(request).catch((error: unknown) => {
      throw explainSilence(error, host, world);
    });
    if (answer.status !== 429 && (answer.status < 500 || answer.status === 501)) return answer;
    const wait = waitOf(answer, world) ?? firstWait * 2 ** (attempt - 1);
    if (wait > longestWait || attempt === mostAttempts) throw unserved(host, answer.status, attempt, wait);
    await world.sleep(wait);
  }
}

/** Milliseconds that a server asks to wait. */
function waitOf(answer: RegistryAnswer, world: RegistryWorld): number | undefined {
  const asked = answer.header("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(asked)) return Number(asked) * 1000;
  const until = world.millisecondsUntil(asked);
  return Number.isNaN(until) ? undefined : Math.max(0, until);
}

function unserved(host: string, status: number, attempts: number, wait: number): UserError {
  const asked = wait > longestWait ? `, and asks to wait ${Math.ceil(wait / 1000)} s` : "";
  const message = status === 429 ? `'${host}' takes no more requests` : `'${host}' is out of order: it answered ${status}`;
  return new UserError(`${message}${asked}${attempts > 1 ? `, ${attempts} times` : ""}`, {
    hint: status === 429 ? "wait, or log in: registries serve known users more" : "try again later",
  });
}

function originOf(url: string): string {
  return new URL(url).origin;
}

function hostOf(url: string): string {
  return new URL(url).host;
}
