import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import { afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { ApiError } from "../../lib/cluster/api-error.ts";
import { applicationKind } from "../../lib/cluster/application.ts";
import { connect } from "../../lib/cluster/connect.ts";
import type { KubernetesApi } from "../../lib/cluster/kubernetes-api.ts";
import { caughtLater } from "../support/caught.ts";
import { type Answer, ApiServer, type SeenRequest, status } from "../support/api-server.ts";

// the client alone takes seconds to load on a busy machine
beforeAll(async () => {
  await import("@kubernetes/client-node");
}, 60_000);

const servers: ApiServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    await server.stop();
    server.remove();
  }
});

/** A server that knows Applications, and answers as the test says. */
async function start(answers: Readonly<Record<string, Answer | ((seen: SeenRequest) => Answer)>> = {}): Promise<ApiServer> {
  const kinds = [{ name: "applications", kind: "Application", namespaced: true }];
  const server = await ApiServer.start((request, seen) => {
    const answer = answers[request];
    if (answer !== undefined) return typeof answer === "function" ? answer(seen) : answer;
    if (request !== "GET /apis/argoproj.io/v1alpha1") return undefined;
    return { body: { kind: "APIResourceList", groupVersion: "argoproj.io/v1alpha1", resources: kinds } };
  });
  servers.push(server);
  return server;
}

async function open(server: ApiServer, context?: string): Promise<KubernetesApi> {
  return connect({ kubeconfig: server.kubeconfig, ...(context !== undefined && { context }) });
}

const here = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications";
const reference = { ...applicationKind, name: "shop", namespace: "argocd" };
const shop = { metadata: { name: "shop", namespace: "argocd" }, spec: { project: "shop" } };

describe("the kubeconfig", () => {
  test("opens its current context with that user's credentials", async () => {
    const server = await start({ "GET /version": { body: { gitVersion: "v1.36.3" } } });
    const cluster = await open(server);
    expect([cluster.context, cluster.server]).toEqual(["here", server.address]);
    expect(await cluster.version()).toBe("v1.36.3");
    expect(server.seen[0]?.authorization).toBe("Bearer sesame");
  });

  test("opens the context that was named", async () => {
    expect((await open(await start(), "there")).context).toBe("there");
  });

  test("is nowhere: nothing is made up", async () => {
    const { HOME, KUBECONFIG } = env;
    const home = mkdtempSync(join(tmpdir(), "keelson-home-"));
    env.HOME = home;
    delete env.KUBECONFIG;
    try {
      expect(await caughtLater(() => connect())).toBe("there is no kubeconfig\nhint: set KUBECONFIG, or give --kubeconfig");
    } finally {
      Object.assign(env, { HOME }, KUBECONFIG !== undefined && { KUBECONFIG });
      rmSync(home, { recursive: true });
    }
  });

  test("has no such context: the nearest ones are named", async () => {
    const server = await start();
    expect(await caughtLater(() => open(server, "their"))).toBe(
      "there is no context 'their' in the kubeconfig\nhint: the contexts are: 'there', 'here'",
    );
  });

  test("has no current context", async () => {
    const server = await start();
    server.writeKubeconfig({});
    expect(await caughtLater(() => open(server))).toBe(
      "the kubeconfig has no current context\nhint: name one with --context, or set KUBECONFIG",
    );
  });

  test("is not there", async () => {
    expect(await caughtLater(() => connect({ kubeconfig: "/nowhere/config" }))).toBe("there is no kubeconfig '/nowhere/config'");
  });

  test("has a context without its cluster", async () => {
    const server = await start();
    server.writeKubeconfig({ "current-context": "here", clusters: [] });
    expect(await caughtLater(() => open(server))).toBe("the context 'here' names no cluster of the kubeconfig");
  });
});

describe("plain HTTP", () => {
  test("is spoken as kubectl does, without the user's credentials, which would go in the clear", async () => {
    const server = await start({ "GET /version": { body: { gitVersion: "v1.36.3" } } });
    server.writeKubeconfig({ "current-context": "there", clusters: [{ name: "loopback", cluster: { server: server.address } }] });
    const cluster = await open(server);
    expect([cluster.context, await cluster.version()]).toEqual(["there", "v1.36.3"]);
    expect(server.seen.map(({ authorization }) => authorization)).toEqual([undefined]);
  });
});

describe("reading", () => {
  test("one object says its kind, as it may not do in the answer", async () => {
    const server = await start({ [`GET ${here}/shop`]: { body: shop } });
    expect(await (await open(server)).get(reference)).toEqual({ ...applicationKind, ...shop });
  });

  test("an object that is not there is undefined", async () => {
    expect(await (await open(await start())).get(reference)).toBeUndefined();
  });

  test("a kind that the server does not know is nothing", async () => {
    const cluster = await open(await start());
    expect(await cluster.list({ apiVersion: "argoproj.io/v1alpha1", kind: "Rollout" })).toEqual([]);
    expect(await cluster.list({ apiVersion: "acme.example/v1", kind: "Anvil" })).toEqual([]);
  });

  test("a list is asked for in one piece, and is in the order of names", async () => {
    const item = (name: string): object => ({ metadata: { name, namespace: "argocd" } });
    const list = { apiVersion: "argoproj.io/v1alpha1", kind: "ApplicationList", metadata: {}, items: [item("c"), item("a"), item("b")] };
    const server = await start({ [`GET ${here}`]: { body: list } });
    const found = await (await open(server)).list(applicationKind, { namespace: "argocd" });
    expect(found.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(["Application a", "Application b", "Application c"]);
  });

  test("a list is narrowed by labels, all of them, in every namespace", async () => {
    const url = "/apis/argoproj.io/v1alpha1/applications?labelSelector=app=shop,tier=web";
    const server = await start({ [`GET ${url}`]: { body: { metadata: {}, items: [shop] } } });
    expect(await (await open(server)).list(applicationKind, { labels: { app: "shop", tier: "web" } })).toHaveLength(1);
  });
});

describe("changing", () => {
  test("a patch is a merge patch of exactly the fields given", async () => {
    const url = `PATCH ${here}/shop?fieldManager=keelson`;
    const server = await start({ [url]: ({ body }) => ({ body: { ...shop, got: body } }) });
    const patched = await (await open(server)).patch(reference, { metadata: { labels: { old: null } }, spec: { replicas: 0 } });
    expect(server.seen.at(-1)).toMatchObject({ contentType: expect.stringContaining("application/merge-patch+json") });
    expect(patched.got).toEqual({
      ...applicationKind,
      metadata: { name: "shop", namespace: "argocd", labels: { old: null } },
      spec: { replicas: 0 },
    });
  });

  test("a deletion leaves dependents to the background", async () => {
    const url = `DELETE ${here}/shop?propagationPolicy=Background`;
    const server = await start({ [url]: { body: { kind: "Status", status: "Success" } } });
    await (await open(server)).delete(reference);
    expect(`${server.seen.at(-1)?.method ?? ""} ${server.seen.at(-1)?.url ?? ""}`).toBe(url);
  });

  test("a deletion of what is not there is done already", async () => {
    await expect((await open(await start())).delete(reference)).resolves.toBeUndefined();
  });
});

test.each([true, false])("whether something may be done is asked of the server: %s", async (allowed) => {
  const server = await start({
    "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews": ({ body }) => ({
      code: 201,
      body: { ...(body as object), status: { allowed } },
    }),
  });
  const cluster = await open(server);
  expect(await cluster.may({ verb: "list", group: "argoproj.io", resource: "applications", namespace: "argocd" })).toBe(allowed);
  expect(server.seen.at(-1)?.body).toMatchObject({
    spec: { resourceAttributes: { verb: "list", group: "argoproj.io", resource: "applications", namespace: "argocd" } },
  });
});

describe("a server that says no", () => {
  test.each([401, 403])("with %d is quoted", async (code) => {
    const message = 'applications.argoproj.io is forbidden: User "reader" cannot list resource "applications"';
    const server = await start({ [`GET ${here}`]: { code, body: status(code, message) } });
    const cluster = await open(server);
    expect(await caughtLater(() => cluster.list(applicationKind, { namespace: "argocd" }))).toBe(
      `'here' refuses: ${message}\nhint: ask for that permission, or choose another --context`,
    );
  });

  test.each([429, 500, 503])("in another way, with %d, is quoted in short, without its headers", async (code) => {
    const server = await start({
      "GET /version": { code, body: status(code, "etcd is gone") },
      [`GET ${here}`]: { code, body: status(code, "the webhook is down") },
    });
    const cluster = await open(server);
    await expect(cluster.version()).rejects.toThrow(`${server.address} answered ${code}: etcd is gone`);
    await expect(cluster.list(applicationKind, { namespace: "argocd" })).rejects.toBeInstanceOf(ApiError);
  });

  test("by a proxy's page is quoted as it is", async () => {
    const server = await start({ "GET /version": { code: 502, body: "<h1>Bad gateway</h1>" } });
    const cluster = await open(server);
    await expect(cluster.version()).rejects.toThrow(`${server.address} answered 502: <h1>Bad gateway</h1>`);
  });

  test("by not being there is told with its address", async () => {
    const server = await start();
    const cluster = await open(server);
    await server.stop();
    for (const ask of [() => cluster.version(), () => cluster.list(applicationKind), () => cluster.get(reference)])
      expect(await caughtLater(ask)).toMatch(
        new RegExp(`^'here' at ${server.address} does not answer: .*ECONNREFUSED.*\nhint: is it running, and reachable from here\\?$`),
      );
  });
});
