import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { digestOf } from "../../lib/container-registry/digest-of.ts";
import { RegistrySession } from "../../lib/container-registry/registry-session.ts";
import { resolveDigest } from "../../lib/container-registry/resolve-digest.ts";
import { ImageReference } from "../../lib/image/image-reference.ts";
import { LocalRegistry, manifestOf, type WorldOptions } from "../support/local-registry.ts";
import { selfSigned } from "../support/self-signed-certificate.ts";

const otherDigest = `sha256:${"0".repeat(64)}`;
const path = "/v2/acme/app/manifests/v1.2.0";
let registry: LocalRegistry;
let pushed: string;

beforeEach(async () => {
  registry = await LocalRegistry.start();
  pushed = registry.push("acme/app", "v1.2.0");
});
afterEach(() => registry.stop());

const resolve = async (rest: string, options: WorldOptions = {}): Promise<string> =>
  (await resolveDigest(ImageReference.parse(`${registry.host}/${rest}`), registry.world(options))).toString();

const digest = (rest: string): Promise<string | undefined> => {
  const reference = ImageReference.parse(`${registry.host}/${rest}`);
  return digestOf(reference, new RegistrySession(reference.repository, registry.world()));
};

test("adds the digest that the tag has in the registry, and keeps the tag", async () => {
  expect(await resolve("acme/app:v1.2.0")).toBe(`${registry.host}/acme/app:v1.2.0@${pushed}`);
  expect(registry.lines).toEqual([`HEAD ${path}`]);
});

test("asks for whole images and for one platform's, as OCI and as Docker name them", async () => {
  await resolve("acme/app:v1.2.0");
  expect(registry.asked[0]?.headers.accept?.split(", ")).toEqual([
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.docker.distribution.manifest.v2+json",
  ]);
});

test("shows no credentials to a registry that asks for none", async () => {
  registry.configure("this is not read");
  await resolve("acme/app:v1.2.0");
  expect(registry.asked[0]?.headers.authorization).toBeUndefined();
});

test("takes the digest of the exact bytes where the registry does not tell it", async () => {
  const odd = `${manifestOf("odd")} \n\t`;
  const expected = registry.push("acme/app", "odd", odd);
  registry.intercept = ({ method }, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(method === "HEAD" ? undefined : odd);
    return true;
  };
  expect(await digest("acme/app:odd")).toBe(expected);
  expect(registry.lines).toEqual(["HEAD /v2/acme/app/manifests/odd", "GET /v2/acme/app/manifests/odd"]);
});

test("asks with GET where the registry knows no HEAD", async () => {
  registry.intercept = ({ method }, response) => method === "HEAD" && response.writeHead(405).end().writableEnded;
  expect(await digest("acme/app:v1.2.0")).toBe(pushed);
});

test("only checks that a digest is there, and returns the reference as it is", async () => {
  expect(await resolve(`acme/app:v1.1.0@${pushed}`)).toBe(`${registry.host}/acme/app:v1.1.0@${pushed}`);
  expect(registry.lines).toEqual([`HEAD /v2/acme/app/manifests/${pushed}`]);
  await expect(resolve(`acme/app@${otherDigest}`)).rejects.toMatchObject({
    name: "UserError",
    message: `'${registry.host}/acme/app' has no image '${otherDigest}'`,
  });
});

test("names the nearest tags where one is not there", async () => {
  registry.push("acme/app", "v1.1.0");
  await expect(resolve("acme/app:v1.2.9")).rejects.toMatchObject({
    name: "UserError",
    message: `'${registry.host}/acme/app' has no tag 'v1.2.9'`,
    hint: "was it pushed? the nearest tags are: 'v1.2.0', 'v1.1.0'",
  });
  await expect(resolve("acme/nothing:v1.2.9")).rejects.toMatchObject({
    message: `'${registry.host}/acme/nothing' has no tag 'v1.2.9'`,
    hint: "was it pushed, and there?",
  });
});

test("the digest of a tag that is not there is undefined", async () => {
  expect(await digest("acme/app:v9")).toBeUndefined();
  expect(registry.lines).toEqual(["HEAD /v2/acme/app/manifests/v9"]);
});

test("does not take the digest of a page for one of an image", async () => {
  registry.intercept = (_asked, response) => response.writeHead(200).end("<html>log in</html>").writableEnded;
  await expect(resolve("acme/app:v1.2.0")).rejects.toThrow(`'${registry.host}' answers with something that is no image manifest`);
});

test.each([
  ["one of another kind", "sha512:00", "gives a digest that is not 'sha256:' and 64 hexadecimal digits: got 'sha512:00'"],
  ["another than the one that was asked for", otherDigest, `gives '${otherDigest}' when asked for`],
])("refuses a digest that is %s", async (_title, header, message) => {
  registry.intercept = (_asked, response) => response.writeHead(200, { "docker-content-digest": header }).end().writableEnded;
  await expect(resolve(`acme/app@${pushed}`)).rejects.toThrow(message);
});

test("follows a redirect", async () => {
  registry.intercept = ({ url }, response) =>
    url === path && response.writeHead(307, { location: "/v2/acme/app/manifests/v1.2.0?there" }).end().writableEnded;
  expect(await digest("acme/app:v1.2.0")).toBe(pushed);
});

test.each([
  ["in circles", path, "redirects more than 5 times"],
  ["to where nothing is encrypted", "http://registry.example/v2/", "redirects to 'http://registry.example', which is not encrypted"],
  ["to another protocol", "ftp://registry.example/", "redirects to 'ftp://registry.example', which is not encrypted"],
  ["nowhere", "http://", "redirects to something that is no address"],
])("does not follow redirects %s", async (_title, location, message) => {
  registry.intercept = (_asked, response) => response.writeHead(302, { location }).end().writableEnded;
  await expect(resolve("acme/app:v1.2.0")).rejects.toThrow(`'${registry.host}' ${message}`);
});

test("does not go on in the clear where it began encrypted", async () => {
  const world = {
    ...registry.world(),
    exchange: () =>
      Promise.resolve({
        status: 302,
        header: (name: string) => (name === "location" ? `http://${registry.host}/` : undefined),
        body: new Uint8Array(),
      }),
  };
  await expect(resolveDigest(ImageReference.parse("ghcr.io/acme/app:v1.2.0"), world)).rejects.toThrow(
    `'ghcr.io' redirects to 'http://${registry.host}', which is not encrypted`,
  );
});

test.each([
  ["as many seconds as it is asked to", 429, "7", [7000, 7000]],
  ["until the time that it is told", 503, "Wed, 01 Apr 2026 09:00:05 GMT", [5000, 5000]],
  ["twice as long each time where nothing is said", 500, undefined, [500, 1000]],
])("tries again, after %s", async (_title, status, retryAfter, slept) => {
  registry.intercept = (_asked, response) =>
    registry.asked.length < 3 &&
    response.writeHead(status, retryAfter === undefined ? {} : { "retry-after": retryAfter }).end().writableEnded;
  expect(await digest("acme/app:v1.2.0")).toBe(pushed);
  expect(registry.slept).toEqual(slept);
});

test("gives up after four attempts", async () => {
  registry.intercept = (_asked, response) => response.writeHead(502).end("<html>").writableEnded;
  await expect(resolve("acme/app:v1.2.0")).rejects.toMatchObject({
    name: "UserError",
    message: `'${registry.host}' is out of order: it answered 502, 4 times`,
  });
  expect(registry.lines).toHaveLength(4);
});

test("does not wait for an hour", async () => {
  registry.intercept = (_asked, response) => response.writeHead(429, { "retry-after": "3600" }).end().writableEnded;
  await expect(resolve("acme/app:v1.2.0")).rejects.toThrow(`'${registry.host}' takes no more requests, and asks to wait 3600 s`);
  expect(registry.slept).toEqual([]);
});

test("does not wait for a registry that says nothing", async () => {
  registry.intercept = () => true;
  await expect(resolve("acme/app:v1.2.0", { timeout: 100 })).rejects.toMatchObject({
    name: "UserError",
    message: `'${registry.host}' does not answer in time`,
    hint: "is its name right, and is it reachable from here?",
  });
});

test("ends with the interrupt's own reason", async () => {
  const interrupt = new AbortController();
  const reason = new Error("interrupted");
  registry.intercept = () => {
    interrupt.abort(reason);
    return true;
  };
  await expect(resolve("acme/app:v1.2.0", { interrupt: interrupt.signal })).rejects.toBe(reason);
});

test("says that nobody listens, and of a proxy that it is not used", async () => {
  const closed = await LocalRegistry.start();
  const reference = ImageReference.parse(`${closed.host}/acme/app:v1.2.0`);
  await closed.stop();
  await expect(resolveDigest(reference, registry.world())).rejects.toMatchObject({
    message: expect.stringMatching(/^'127\.0\.0\.1:\d+' does not answer: connect ECONNREFUSED/) as unknown,
    hint: "is its name right, and is it reachable from here?",
  });
  await expect(resolveDigest(reference, registry.world({ env: { HTTPS_PROXY: "http://proxy.example" } }))).rejects.toMatchObject({
    hint: "the proxy in HTTPS_PROXY is not used: that takes a newer Node with NODE_USE_ENV_PROXY=1",
  });
});

test("says of a certificate that it is not trusted, and of a port that it speaks no TLS", async () => {
  const { certificate, privateKey } = selfSigned();
  const server = createServer({ cert: certificate, key: privateKey.export({ type: "pkcs8", format: "pem" }) });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const redirectTo = (host: string): void => {
    registry.intercept = (_asked, response) => response.writeHead(302, { location: `https://${host}/` }).end().writableEnded;
  };
  try {
    redirectTo(`127.0.0.1:${port}`);
    await expect(resolve("acme/app:v1.2.0")).rejects.toThrow(
      `the certificate of '127.0.0.1:${port}' is not trusted: self-signed certificate`,
    );
    redirectTo(registry.host);
    await expect(resolve("acme/app:v1.2.0")).rejects.toThrow(`'${registry.host}' does not speak TLS`);
  } finally {
    server.close();
  }
});

test("says what else it was answered", async () => {
  registry.intercept = (_asked, response) => response.writeHead(418).end().writableEnded;
  await expect(resolve("acme/app:v1.2.0")).rejects.toThrow(`'${registry.host}' answered 418 when asked for 'acme/app'`);
});
