import { existsSync } from "node:fs";
import type * as client from "@kubernetes/client-node";
import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";
import { ApiError } from "./api-error.ts";
import type { AccessQuestion, ClusterTarget, KubernetesApi, LiveObject, ObjectKind, ObjectReference } from "./kubernetes-api.ts";
import { parseJson } from "./parse-json.ts";

type Client = typeof client;

/** What the client takes for an object, of which only kind, name and namespace matter for its address. */
type Addressed = client.KubernetesObject & { metadata: client.V1ObjectMeta & { name: string; namespace: string } };

/**
 * Reads a kubeconfig and opens a context of it. No request is made yet.
 *
 * @throws UserError when there is no kubeconfig, or no such context in it
 */
export async function connect(target: ClusterTarget = {}): Promise<KubernetesApi> {
  // a third of a second to load: only who asks a cluster pays for it
  const library = await import("@kubernetes/client-node");
  const config = readKubeconfig(library, target);
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new UserError(`the context '${config.getCurrentContext()}' names no cluster of the kubeconfig`);
  if (cluster.server.startsWith("http:") && !cluster.skipTLSVerify) permitPlainHttp(config, cluster);
  return new ConnectedCluster(library, config, cluster.server);
}

function readKubeconfig(library: Client, { kubeconfig, context }: ClusterTarget): client.KubeConfig {
  const config = new library.KubeConfig();
  if (kubeconfig === undefined) {
    config.loadFromDefault();
    // what the client makes up where it finds nothing
    if (config.getCurrentContext() === "loaded-context" && config.getCurrentCluster()?.server === "http://localhost:8080")
      throw new UserError("there is no kubeconfig", { hint: "set KUBECONFIG, or give --kubeconfig" });
  } else {
    if (!existsSync(kubeconfig)) throw new UserError(`there is no kubeconfig '${kubeconfig}'`);
    config.loadFromFile(kubeconfig);
  }
  const known = config.getContexts().map(({ name }) => name);
  const wanted = context ?? config.getCurrentContext();
  if (known.includes(wanted)) {
    config.setCurrentContext(wanted);
    return config;
  }
  if (context === undefined)
    throw new UserError("the kubeconfig has no current context", { hint: "name one with --context, or set KUBECONFIG" });
  throw new UserError(`there is no context '${context}' in the kubeconfig`, {
    hint: known.length === 0 ? "the kubeconfig is empty; set KUBECONFIG" : `the contexts are: ${nearestNames(context, known)}`,
  });
}

/** As kubectl does it, without the user's credentials: they would go in the clear, and `kubectl proxy` brings its own. */
function permitPlainHttp(config: client.KubeConfig, cluster: client.Cluster): void {
  config.clusters = [{ ...cluster, skipTLSVerify: true }];
  config.users = [];
}

/** A cluster behind an API server. */
class ConnectedCluster implements KubernetesApi {
  readonly context: string;
  readonly server: string;
  readonly #client: Client;
  readonly #config: client.KubeConfig;
  readonly #objects: client.KubernetesObjectApi;

  constructor(library: Client, config: client.KubeConfig, server: string) {
    this.context = config.getCurrentContext();
    this.server = server;
    this.#client = library;
    this.#config = config;
    this.#objects = library.KubernetesObjectApi.makeApiClient(config);
  }

  async version(): Promise<string> {
    return (await this.#ask(() => this.#config.makeApiClient(this.#client.VersionApi).getCode())).gitVersion;
  }

  async get(reference: ObjectReference): Promise<LiveObject | undefined> {
    return this.#unlessAbsent(reference, async () => live(await this.#objects.read(this.#addressed(reference)), reference));
  }

  async list(
    kind: ObjectKind,
    { namespace, labels = {} }: { readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> } = {},
  ): Promise<LiveObject[]> {
    const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    // in one piece: of a custom resource's list the client loses where the next page begins
    const found = await this.#unlessAbsent(kind, () =>
      this.#objects.list(
        kind.apiVersion,
        kind.kind,
        namespace,
        undefined,
        undefined,
        undefined,
        undefined,
        selector.length > 0 ? selector.join(",") : undefined,
      ),
    );
    const place = ({ metadata }: LiveObject): string => `${metadata.namespace ?? ""}/${metadata.name}`;
    return (found?.items ?? []).map((item) => live(item, kind)).sort((a, b) => (place(a) < place(b) ? -1 : 1));
  }

  async patch(reference: ObjectReference, patch: Readonly<Record<string, unknown>>): Promise<LiveObject> {
    const { metadata, ...addressed } = this.#addressed(reference);
    const body = { ...patch, ...addressed, metadata: Object.assign(metadata, patch.metadata) };
    const patched = await this.#ask(() =>
      this.#objects.patch(body, undefined, undefined, "keelson", undefined, this.#client.PatchStrategy.MergePatch),
    );
    return live(patched, reference);
  }

  async delete(reference: ObjectReference): Promise<void> {
    await this.#unlessAbsent(reference, () =>
      this.#objects.delete(this.#addressed(reference), undefined, undefined, undefined, undefined, "Background"),
    );
  }

  async may({ verb, group, resource, namespace }: AccessQuestion): Promise<boolean> {
    const api = this.#config.makeApiClient(this.#client.AuthorizationV1Api);
    const resourceAttributes = { verb, group, resource, ...(namespace !== undefined && { namespace }) };
    const review = Object.assign(new this.#client.V1SelfSubjectAccessReview(), { spec: { resourceAttributes } });
    const answer = await this.#ask(() => api.createSelfSubjectAccessReview({ body: review }));
    return answer.status?.allowed ?? false;
  }

  #addressed({ apiVersion, kind, name, namespace }: ObjectReference): Addressed {
    const metadata = Object.assign(new this.#client.V1ObjectMeta(), { name, ...(namespace !== undefined && { namespace }) });
    // the client's type wants a namespace for every object; it leaves an absent one out of the address
    return { apiVersion, kind, metadata: metadata as Addressed["metadata"] };
  }

  /** What the server answered, or `undefined` where the object, or its kind, does not exist. */
  async #unlessAbsent<T>({ apiVersion, kind }: ObjectKind, request: () => Promise<T>): Promise<T | undefined> {
    try {
      return await request();
    } catch (error) {
      if (error instanceof this.#client.ApiException && error.code === 404) return undefined;
      // how the client tells that the server does not list the kind
      if (error instanceof Error && error.message === `Unrecognized API version and kind: ${apiVersion} ${kind}`) return undefined;
      throw this.#explained(error);
    }
  }

  async #ask<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw this.#explained(error);
    }
  }

  /** The server's own words instead of a dump of the answer with its headers. */
  #explained(error: unknown): Error {
    const cause = error instanceof Error ? error : new Error(String(error));
    if (error instanceof this.#client.ApiException) {
      const message = messageOf(error.body);
      if (error.code === 401 || error.code === 403)
        return new UserError(`'${this.context}' refuses: ${message}`, {
          cause,
          hint: "ask for that permission, or choose another --context",
        });
      return new ApiError(`${this.server} answered ${error.code}: ${message}`, { cause });
    }
    return "code" in cause || cause.name === "FetchError"
      ? new UserError(`'${this.context}' at ${this.server} does not answer: ${cause.message}`, {
          cause,
          hint: "is it running, and reachable from here?",
        })
      : cause;
  }
}

/** Items of a list do not say their kind. */
function live(object: client.KubernetesObject, { apiVersion, kind }: ObjectKind): LiveObject {
  return { ...(JSON.parse(JSON.stringify(object)) as LiveObject), apiVersion, kind };
}

function messageOf(body: unknown): string {
  // a proxy answers with a page
  const status: unknown = typeof body === "string" ? parseJson(body) : body;
  if (typeof status === "object" && status !== null && "message" in status && typeof status.message === "string") return status.message;
  return typeof body === "string" ? body : JSON.stringify(body);
}
