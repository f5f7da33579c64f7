import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One request that a server saw. */
export interface SeenRequest {
  readonly method: string;
  /** With the query, decoded. */
  readonly url: string;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  /** Parsed; `undefined` when there was none. */
  readonly body: unknown;
}

/** What a server answers: a status code, and what it writes. */
export interface Answer {
  readonly code?: number;
  readonly body: unknown;
}

/** An HTTP server on loopback that plays a Kubernetes API server, with a kubeconfig that points at it. */
export class ApiServer {
  /** Every request, in order. */
  readonly seen: readonly SeenRequest[];
  readonly kubeconfig: string;
  readonly address: string;
  readonly #folder = mkdtempSync(join(tmpdir(), "keelson-api-"));
  readonly #server: Server;

  private constructor(server: Server, seen: readonly SeenRequest[]) {
    this.#server = server;
    this.seen = seen;
    this.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.kubeconfig = join(this.#folder, "config");
    this.writeKubeconfig({ "current-context": "here" });
  }

  /** @param answer - by method and path with its query: `GET /version` */
  static async start(answer: (request: string, seen: SeenRequest) => Answer | undefined): Promise<ApiServer> {
    const seen: SeenRequest[] = [];
    const server = createServer((request, response) => {
      void read(request).then((taken) => {
        seen.push(taken);
        const { code = 200, body } = answer(`${taken.method} ${taken.url}`, taken) ?? { code: 404, body: status(404, "not found") };
        response.writeHead(code, { "content-type": "application/json" });
        response.end(typeof body === "string" ? body : JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new ApiServer(server, seen);
  }

  /** A kubeconfig with the contexts `here` and `there`, which name this server, changed by some fields. */
  writeKubeconfig(changes: Readonly<Record<string, unknown>>): void {
    const context = (name: string): object => ({ name, context: { cluster: "loopback", user: "reader" } });
    const config = {
      apiVersion: "v1",
      kind: "Config",
      // the client wants this before it speaks plain HTTP
      clusters: [{ name: "loopback", cluster: { server: this.address, "insecure-skip-tls-verify": true } }],
      users: [{ name: "reader", user: { token: "sesame" } }],
      contexts: [context("here"), context("there")],
      ...changes,
    };
    writeFileSync(this.kubeconfig, JSON.stringify(config));
  }

  /** Nobody listens there afterwards. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** An answer of the API that says no. */
export function status(code: number, message: string): object {
  return { apiVersion: "v1", kind: "Status", status: "Failure", code, message };
}

async function read(request: IncomingMessage): Promise<SeenRequest> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return {
    method: request.method ?? "",
    url: decodeURIComponent(request.url ?? ""),
    authorization: request.headers.authorization,
    contentType: request.headers["content-type"],
    body: text === "" ? undefined : JSON.parse(text),
  };
}
