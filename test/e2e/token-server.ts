import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { registryUser, type TrustedTokenServer } from "./registry-process.ts";

const [service, issuer, keyId] = ["till", "keelson", "key-1"];

/** Gives tokens that a registry trusts, to who shows a user's password or an identity token. */
export class TokenServer {
  /** The token that stands for the user. */
  readonly identityToken = randomUUID();
  /** What it gave tokens for, in order: `GET repository:shop/till:pull`. */
  readonly granted: string[] = [];
  readonly #keys = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      void text(request).then((body) => {
        const { searchParams } = new URL(request.url ?? "", "http://localhost");
        const asked = request.method === "POST" ? new URLSearchParams(body) : searchParams;
        const { user, password } = registryUser;
        const isKnown =
          request.headers.authorization === `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` ||
          (asked.get("grant_type") === "refresh_token" && asked.get("refresh_token") === this.identityToken);
        if (!isKnown) {
          response.writeHead(401).end();
          return;
        }
        this.granted.push(`${request.method ?? ""} ${asked.get("scope") ?? ""}`);
        response.end(JSON.stringify({ access_token: this.token(asked.get("scope") ?? "") }));
      });
    });
  }

  static async start(): Promise<TokenServer> {
    const server = new TokenServer();
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  /** What a registry is told of this server; its keys go into a file. */
  trusted(jwks: string): TrustedTokenServer {
    const key = { ...this.#keys.publicKey.export({ format: "jwk" }), kid: keyId, alg: "ES256", use: "sig" };
    writeFileSync(jwks, JSON.stringify({ keys: [key] }));
    return { realm: `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/token`, service, issuer, jwks };
  }

  /** A token for a scope, `repository:shop/till:pull,push`. */
  token(scope: string): string {
    const [type = "", name = "", actions = ""] = scope.split(":");
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, sub: registryUser.user, aud: service, nbf: now - 60, iat: now, exp: now + 300, jti: randomUUID() };
    const access = [{ type, name, actions: actions.split(",") }];
    const signed = [
      { typ: "JWT", alg: "ES256", kid: keyId },
      { ...claims, access },
    ]
      .map(encoded)
      .join(".");
    const signature = sign("sha256", Buffer.from(signed), { key: this.#keys.privateKey, dsaEncoding: "ieee-p1363" });
    return `${signed}.${signature.toString("base64url")}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
