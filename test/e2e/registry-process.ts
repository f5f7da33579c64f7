import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import process from "node:process";
import { stringify } from "yaml";
import type { Binaries } from "./control-plane/binaries.ts";
import type { Run } from "./control-plane/run.ts";

/** Who may pull and push. The hash is bcrypt's, the only one that the registry takes. */
export const registryUser = {
  user: "alice",
  password: "pepper",
  hash: "$2y$05$keelsonkeelsonkeelson./KxsyXBQoz7JXg3A.eyxkTKEAgzrZnq",
};

/** A token server, as the registry is told of it. */
export interface TrustedTokenServer {
  readonly realm: string;
  readonly service: string;
  readonly issuer: string;
  /** A file of keys, as JSON Web Key Set. */
  readonly jwks: string;
}

/** A registry of the Distribution project that listens on this machine. */
export class RegistryProcess {
  /** `127.0.0.1:21234` */
  readonly host: string;

  private constructor(host: string) {
    this.host = host;
  }

  /**
   * Starts one, with its files inside the run's folder.
   *
   * @param tokens - who gives tokens; @default user and password are shown to the registry itself
   */
  static async start(run: Run, binaries: Binaries, name: string, tokens?: TrustedTokenServer): Promise<RegistryProcess> {
    const [port = 0] = await run.claimPorts(1);
    const folder = run.makeFolder(name);
    writeFileSync(run.path(name, "htpasswd"), `${registryUser.user}:${registryUser.hash}\n`);
    const auth = tokens === undefined ? { htpasswd: { realm: "till", path: run.path(name, "htpasswd") } } : { token: tokens };
    const config = {
      version: "0.1",
      log: { level: "warn", accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: folder } },
      http: { addr: `127.0.0.1:${port}` },
      auth,
    };
    writeFileSync(run.path(name, "config.yaml"), stringify(config));
    const env = { PATH: process.env.PATH, OTEL_TRACES_EXPORTER: "none" };
    run.start({ name, program: binaries.file("registry", "bin", "registry"), args: ["serve", run.path(name, "config.yaml")], env });
    const registry = new RegistryProcess(`127.0.0.1:${port}`);
    await run.waitFor(`'${name}' answers`, async () => (await fetch(`http://${registry.host}/v2/`)).status === 401);
    return registry;
  }

  /**
   * Pushes an image that holds nothing.
   *
   * @param text - makes it another image
   * @param authorization - the header that may push
   * @returns its digest
   */
  async push(repository: string, tag: string, text: string, authorization: string): Promise<string> {
    const call = async (method: string, path: string, body: string, type = "application/octet-stream"): Promise<Response> => {
      const url = new URL(path, `http://${this.host}`);
      const response = await fetch(url, { method, headers: { authorization, "content-type": type }, ...(method !== "POST" && { body }) });
      if (!response.ok) throw new Error(`${method} ${url.href}: ${response.status} ${await response.text()}`);
      return response;
    };
    const config = JSON.stringify({ architecture: "amd64", os: "linux", rootfs: { type: "layers", diff_ids: [] }, author: text });
    const upload = (await call("POST", `/v2/${repository}/blobs/uploads/`, "")).headers.get("location") ?? "";
    await call("PUT", `${upload}&digest=${encodeURIComponent(digestOfText(config))}`, config);
    const type = "application/vnd.oci.image.manifest.v1+json";
    const descriptor = { mediaType: "application/vnd.oci.image.config.v1+json", digest: digestOfText(config), size: config.length };
    const manifest = JSON.stringify({ schemaVersion: 2, mediaType: type, config: descriptor, layers: [] });
    await call("PUT", `/v2/${repository}/manifests/${tag}`, manifest, type);
    return digestOfText(manifest);
  }
}

function digestOfText(content: string): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}
