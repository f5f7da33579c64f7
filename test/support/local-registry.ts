import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { registryWorld, type RegistryWorldOptions } from "../../lib/cli/registry-world.ts";
import type { RegistryWorld } from "../../lib/container-registry/registry-world.ts";

/** What the registry was asked. */
export interface AskedOfRegistry {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Answers in the registry's place; `false` leaves the request to it. */
export type Interception = (asked: AskedOfRegistry, response: ServerResponse) => boolean;

/** What a test sets of the world. */
export type WorldOptions = Partial<Pick<RegistryWorldOptions, "timeout" | "interrupt" | "env">>;

/** A registry on this machine that speaks as much HTTP as asking for manifests and tags takes, and the Docker configuration of who asks. */
export class LocalRegistry {
  /** Every request, in order. */
  readonly asked: AskedOfRegistry[] = [];
  /** Milliseconds that were slept between requests. */
  readonly slept: number[] = [];
  intercept: Interception = () => false;
  readonly #images = new Map<string, Map<string, string>>();
  readonly #home = mkdtempSync(join(tmpdir(), "keelson-docker-"));
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      void text(request).then((body) => {
        const asked = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
        this.asked.push(asked);
        if (!this.intercept(asked, response)) this.#answer(asked, response);
      });
    });
  }

  static async start(): Promise<LocalRegistry> {
    const registry = new LocalRegistry();
    await new Promise<void>((resolve) => registry.#server.listen(0, "127.0.0.1", resolve));
    return registry;
  }

  /** `127.0.0.1:41234` */
  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The same server by a name that counts as another host. */
  get otherHost(): string {
    return this.host.replace("127.0.0.1", "localhost");
  }

  /** Where Docker's configuration is looked for. */
  get configFile(): string {
    return join(this.#home, "config.json");
  }

  /** Requests without what does not matter, `HEAD /v2/acme/app/manifests/v1.2.0`. */
  get lines(): readonly string[] {
    return this.asked.map(({ method, url }) => `${method} ${url}`);
  }

  /** Gives an image a tag. @returns its digest */
  push(name: string, tag: string, manifest = manifestOf(tag)): string {
    const tags = this.#images.get(name) ?? new Map<string, string>();
    this.#images.set(name, tags.set(tag, manifest).set(digestOfText(manifest), manifest));
    return digestOfText(manifest);
  }

  /** Writes Docker's configuration. */
  configure(config: object | string): void {
    writeFileSync(this.configFile, typeof config === "string" ? config : JSON.stringify(config));
  }

  /** Makes a credential helper, a shell script. */
  addHelper(name: string, script: string): void {
    const file = join(this.#home, "bin", `docker-credential-${name}`);
    mkdirSync(join(this.#home, "bin"), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }

  /** The world of somebody with this configuration and these helpers, who does not really sleep. */
  world({ timeout = 10_000, interrupt = new AbortController().signal, env = {} }: WorldOptions = {}): RegistryWorld {
    const path = [join(this.#home, "bin"), process.env.PATH].join(delimiter);
    return registryWorld({
      interrupt,
      timeout,
      env: { DOCKER_CONFIG: this.#home, PATH: path, ...env },
      now: () => new Date("2026-04-01T09:00:00Z"),
      sleep: (milliseconds) => {
        this.slept.push(milliseconds);
        return Promise.resolve();
      },
    });
  }

  async stop(): Promise<void> {
    rmSync(this.#home, { recursive: true, force: true });
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer({ method, url }: AskedOfRegistry, response: ServerResponse): void {
    const [, name = "", kind, reference = ""] = /^\/v2\/(.+)\/(manifests|tags)\/([^?]+)/.exec(url) ?? [];
    const tags = this.#images.get(name);
    const manifest = tags?.get(reference);
    if (kind === "tags" && tags !== undefined) {
      response.end(JSON.stringify({ name, tags: [...tags.keys()].filter((tag) => !tag.startsWith("sha256:")) }));
    } else if (manifest !== undefined) {
      response.setHeader("docker-content-digest", digestOfText(manifest));
      response.end(method === "HEAD" ? undefined : manifest);
    } else {
      response.writeHead(404).end(method === "HEAD" ? undefined : '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
    }
  }
}

/** The least that is a manifest; different for every name. */
export function manifestOf(name: string): string {
  return JSON.stringify({ schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json", manifests: [], annotations: { name } });
}

function digestOfText(content: string): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}
