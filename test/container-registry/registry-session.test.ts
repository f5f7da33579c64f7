import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { resolveDigest } from "../../lib/container-registry/resolve-digest.ts";
import { ImageReference } from "../../lib/image/image-reference.ts";
import { type Interception, LocalRegistry } from "../support/local-registry.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const path = "/v2/acme/app/manifests/v1.2.0";
const password = "pepper";
let registry: LocalRegistry;
let pushed: string;

beforeEach(async () => {
  registry = await LocalRegistry.start();
  pushed = registry.push("acme/app", "v1.2.0");
});
afterEach(() => registry.stop());

const resolve = async (host = registry.host): Promise<string | undefined> =>
  (await resolveDigest(ImageReference.parse(`${host}/acme/app:v1.2.0`), registry.world())).digest;

/** What went wrong, with everything that an error could show of itself. */
const failure = async (): Promise<{ readonly message: string; readonly hint: string }> => {
  const error = await resolve().catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: "UserError" });
  expect(`${(error as Error).stack ?? ""}${JSON.stringify(error)}`).not.toMatch(new RegExp(`${password}|${base64(`alice:${password}`)}`));
  return error as { readonly message: string; readonly hint: string };
};

const logIn = (entry: object = { auth: base64(`alice:${password}`) }): void => {
  registry.configure({ auths: { [registry.host]: entry } });
};

/** Lets pass who shows the header, and challenges everybody else. */
const guarded =
  (challenge: () => string, header: string, refusal = 401): Interception =>
  ({ headers, url }, response) =>
    url.startsWith("/v2/") &&
    headers.authorization !== header &&
    response.writeHead(headers.authorization === undefined ? 401 : refusal, { "www-authenticate": challenge() }).end().writableEnded;

const basicOnly = guarded(() => 'Basic realm="till"', `Basic ${base64(`alice:${password}`)}`);

const bearer = (realm = `http://${registry.host}/token`): string =>
  `Bearer realm="${realm}",service="till",scope="repository:acme/app:pull"`;

/** A registry with a token server, which answers as told. */
const withTokens = (answer: Interception, challenge = bearer()): void => {
  const guard = guarded(() => challenge, "Bearer good");
  registry.intercept = (asked, response) => (asked.url.startsWith("/token") ? answer(asked, response) : guard(asked, response));
};

const giving =
  (body: unknown): Interception =>
  (_asked, response) =>
    response.end(typeof body === "string" ? body : JSON.stringify(body)).writableEnded;

test("shows user and password once they are asked for", async () => {
  logIn();
  registry.intercept = basicOnly;
  expect(await resolve()).toBe(pushed);
  expect(registry.asked.map(({ headers }) => headers.authorization)).toEqual([undefined, `Basic ${base64(`alice:${password}`)}`]);
});

test.each([
  [401, "refuses"],
  [403, "does not permit"],
])("says which credentials a registry answered with %d, never what they are", async (status, said) => {
  logIn();
  registry.intercept = guarded(() => 'Basic realm="till"', "Basic of-bob", status);
  expect(await failure()).toMatchObject({
    message: `'${registry.host}' ${said} reading 'acme/app' with user and password from '${registry.configFile}'`,
    hint: `run \`docker login ${registry.host}\` as somebody who may pull it; or there is no such repository, which registries do not tell`,
  });
});

test("says that there were no credentials to show", async () => {
  registry.intercept = basicOnly;
  const { message } = await failure();
  expect(message).toBe(`'${registry.host}' refuses reading 'acme/app' with no credentials: there is no '${registry.configFile}'`);
});

test("says who forbids without having asked for credentials", async () => {
  registry.intercept = (_asked, response) => response.writeHead(403).end().writableEnded;
  expect((await failure()).message).toBe(`'${registry.host}' does not permit reading 'acme/app'`);
});

test("fetches a token for nobody in particular", async () => {
  withTokens(giving({ token: "good" }));
  expect(await resolve()).toBe(pushed);
  expect(registry.lines).toEqual([
    `HEAD ${path}`,
    "GET /token?service=till&scope=repository%3Aacme%2Fapp%3Apull&client_id=keelson",
    `HEAD ${path}`,
  ]);
  expect(registry.asked[1]?.headers.authorization).toBeUndefined();
});

test("fetches a token with user and password, and asks for the repository where the challenge does not say", async () => {
  logIn();
  withTokens(giving({ access_token: "good" }), `Bearer realm="http://${registry.host}/token?tenant=1"`);
  expect(await resolve()).toBe(pushed);
  expect(registry.asked[1]?.url).toBe("/token?tenant=1&scope=repository%3Aacme%2Fapp%3Apull&client_id=keelson");
  expect(registry.asked[1]?.headers.authorization).toBe(`Basic ${base64(`alice:${password}`)}`);
});

test("trades an identity token by OAuth, in the body", async () => {
  logIn({ identitytoken: password });
  withTokens(giving({ access_token: "good" }));
  expect(await resolve()).toBe(pushed);
  const { method, url, body, headers } = registry.asked[1]!;
  expect([method, url, headers["content-type"]]).toEqual(["POST", "/token", "application/x-www-form-urlencoded"]);
  expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
    grant_type: "refresh_token",
    service: "till",
    client_id: "keelson",
    scope: "repository:acme/app:pull",
    refresh_token: password,
  });
});

test("shows a registry token as it is", async () => {
  logIn({ registrytoken: "good" });
  withTokens(giving("unused"));
  expect(await resolve()).toBe(pushed);
  expect(registry.lines).toEqual([`HEAD ${path}`, `HEAD ${path}`]);
});

test("prefers Bearer where both are offered", async () => {
  withTokens(giving({ token: "good" }), `Basic realm="till", ${bearer()}`);
  expect(await resolve()).toBe(pushed);
});

test("says whose credentials the token server refuses", async () => {
  logIn();
  withTokens((_asked, response) => response.writeHead(401).end().writableEnded);
  expect((await failure()).message).toBe(
    `'${registry.host}' refuses reading 'acme/app' with user and password from '${registry.configFile}'`,
  );
});

test("says so when a token is not enough", async () => {
  withTokens(giving({ token: "poor" }));
  expect((await failure()).message).toMatch(/refuses reading 'acme\/app' with no credentials/);
});

test.each<[string, unknown]>([
  ["no JSON", "<html>"],
  ["no token", {}],
  ["a token that no header holds", { token: `${password}\nx` }],
])("refuses a token server that gives %s", async (_title, body) => {
  withTokens(giving(body));
  expect((await failure()).message).toBe(`the token server '${registry.host}' of '${registry.host}' gave no token`);
});

test("says what else a token server answered", async () => {
  withTokens((_asked, response) => response.writeHead(404).end().writableEnded);
  expect((await failure()).message).toBe(`the token server '${registry.host}' of '${registry.host}' answered 404`);
});

test.each([
  ["http://auth.example/token", "names the token server 'http://auth.example', which is not encrypted"],
  ["token", "names no token server: its challenge has no address as 'realm'"],
])("sends no credentials to the token server %s", async (realm, message) => {
  logIn();
  withTokens(giving({ token: "good" }), bearer(realm));
  expect((await failure()).message).toBe(`'${registry.host}' ${message}`);
  expect(registry.lines).toEqual([`HEAD ${path}`]);
});

test("a registry elsewhere may not name a token server on this machine", async () => {
  const challenge = bearer();
  const world = {
    ...registry.world(),
    exchange: () =>
      Promise.resolve({
        status: 401,
        header: (name: string) => (name === "www-authenticate" ? challenge : undefined),
        body: new Uint8Array(),
      }),
  };
  await expect(resolveDigest(ImageReference.parse("ghcr.io/acme/app:v1.2.0"), world)).rejects.toThrow(
    `'ghcr.io' names the token server 'http://${registry.host}', which is not encrypted`,
  );
});

test("does not follow a token server that sends an identity token elsewhere", async () => {
  logIn({ identitytoken: password });
  withTokens((_asked, response) => response.writeHead(307, { location: `http://${registry.otherHost}/token/there` }).end().writableEnded);
  expect((await failure()).message).toBe(`the token server '${registry.host}' of '${registry.host}' answered 307`);
  expect(registry.lines).toEqual([`HEAD ${path}`, "POST /token"]);
});

test.each([
  ["keeps credentials within the registry", () => registry.host, true],
  ["shows another host no credentials", () => registry.otherHost, false],
])("%s when it is redirected", async (_title, host, shown) => {
  logIn();
  registry.intercept = (asked, response) => {
    if (asked.url !== path) return false;
    if (basicOnly(asked, response)) return true;
    return response.writeHead(307, { location: `http://${host()}${path}?there` }).end().writableEnded;
  };
  expect(await resolve()).toBe(pushed);
  expect(registry.asked.at(-1)?.url).toBe(`${path}?there`);
  expect(registry.asked.at(-1)?.headers.authorization).toBe(shown ? `Basic ${base64(`alice:${password}`)}` : undefined);
});

test("does not answer the challenge of another host", async () => {
  logIn();
  registry.intercept = ({ url }, response) =>
    (url === path
      ? response.writeHead(307, { location: `http://${registry.otherHost}/elsewhere` })
      : response.writeHead(401, { "www-authenticate": 'Basic realm="till"' })
    ).end().writableEnded;
  expect((await failure()).message).toBe(
    `'${registry.host}' refuses reading 'acme/app' (redirected to 'http://${registry.otherHost}', which is shown no credentials)`,
  );
});

test.each([
  ["Negotiate", "'negotiate'"],
  ["", "no challenge"],
])("names the challenge that it cannot answer: %j", async (challenge, named) => {
  registry.intercept = (_asked, response) =>
    response.writeHead(401, challenge === "" ? {} : { "www-authenticate": challenge }).end().writableEnded;
  expect((await failure()).message).toBe(`'${registry.host}' asks for credentials neither by 'Basic' nor by 'Bearer': got ${named}`);
});
