import { UserError } from "../errors/user-error.ts";
import { basic, fetchBearerToken } from "./bearer-token.ts";
import { readChallenges } from "./challenge.ts";
import { type RegistryAddress, registryAddress } from "./registry-address.ts";
import { registryCredentials, type RegistryCredentials } from "./registry-credentials.ts";
import type { RegistryWorld } from "./registry-world.ts";
import { type Received, send } from "./send.ts";

/** A conversation about one repository, which shows credentials once the registry asks for them. */
export class RegistrySession {
  readonly address: RegistryAddress;
  readonly #world: RegistryWorld;
  #authorization: string | undefined;

  /** @param repository - registry and path, as `ImageReference.repository` */
  constructor(repository: string, world: RegistryWorld) {
    this.address = registryAddress(repository);
    this.#world = world;
  }

  /**
   * Asks for something of the repository.
   *
   * @param path - below the repository: `manifests/v1.2.0`
   * @param accept - the media types that are understood
   * @returns any answer but a refusal
   * @throws UserError when the registry refuses, does not answer, or answers what makes no sense
   */
  async ask(method: "GET" | "HEAD", path: string, accept: string): Promise<Received> {
    const answer = await this.#send(method, path, accept);
    if (answer.status === 403) throw this.#refused(answer, undefined);
    if (answer.status !== 401) return answer;
    if (this.#authorization !== undefined || answer.origin !== this.address.origin) throw this.#refused(answer, undefined);
    const credentials = await registryCredentials(this.address, this.#world);
    this.#authorization = await this.#authorize(answer, credentials);
    const second = await this.#send(method, path, accept);
    if (second.status === 401 || second.status === 403) throw this.#refused(second, credentials);
    return second;
  }

  #send(method: "GET" | "HEAD", path: string, accept: string): Promise<Received> {
    const { origin, name } = this.address;
    const authorization = this.#authorization;
    const headers = { accept, ...(authorization !== undefined && { authorization }) };
    return send({ method, url: `${origin}/v2/${name}/${path}`, headers }, this.#world);
  }

  /** What to show, by the challenge. */
  async #authorize(answer: Received, credentials: RegistryCredentials): Promise<string> {
    const { secret } = credentials;
    const challenges = readChallenges(answer.header("www-authenticate") ?? "");
    const bearer = challenges.find(({ scheme }) => scheme === "bearer");
    if (secret?.kind === "registry-token") return `Bearer ${secret.token}`;
    if (bearer !== undefined) {
      const token = await fetchBearerToken(bearer, this.address, secret, this.#world);
      if (token === undefined) throw this.#refused(answer, credentials);
      return `Bearer ${token}`;
    }
    if (challenges.some(({ scheme }) => scheme === "basic")) {
      if (secret?.kind !== "password") throw this.#refused(answer, credentials);
      return basic(secret.user, secret.password);
    }
    const schemes = challenges.map(({ scheme }) => `'${scheme}'`).join(", ");
    throw new UserError(`'${this.address.host}' asks for credentials neither by 'Basic' nor by 'Bearer': got ${schemes || "no challenge"}`);
  }

  #refused(answer: Received, credentials: RegistryCredentials | undefined): UserError {
    const { host, name, origin } = this.address;
    const said = answer.status === 403 ? "does not permit" : "refuses";
    const elsewhere = answer.origin === origin ? "" : ` (redirected to '${answer.origin}', which is shown no credentials)`;
    const shown = credentials === undefined ? "" : ` with ${credentials.title}`;
    return new UserError(`'${host}' ${said} reading '${name}'${shown}${elsewhere}`, {
      hint: `run \`docker login ${host}\` as somebody who may pull it; or there is no such repository, which registries do not tell`,
    });
  }
}
