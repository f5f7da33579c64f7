import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { parse } from "yaml";
import type { KubernetesObject } from "../../../lib/manifest/manifest.ts";

/** Requests at one time. */
const connections = 16;

/** What the API server says of an object that it would create. */
export interface Verdict {
  readonly accepted: boolean;
  /** Why not. */
  readonly message: string;
}

/** Asks an API server whether it would create objects, strictly, and creates none. */
export interface DryRun {
  /** Verdicts in the order of the objects; namespaced ones are asked for in one namespace. */
  judge(documents: readonly KubernetesObject[]): Promise<readonly Verdict[]>;
  close(): void;
}

interface Kubeconfig {
  readonly clusters: readonly [{ readonly cluster: { readonly server: string; readonly "certificate-authority-data": string } }];
  readonly users: readonly [{ readonly user: { readonly token: string } }];
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

interface ResourceList {
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
}

/**
 * @param kubeconfig - of a control plane of our own: with a token
 * @param namespace - which exists
 */
export function openDryRun(kubeconfig: string, namespace: string): DryRun {
  const { clusters, users } = parse(readFileSync(kubeconfig, "utf8")) as Kubeconfig;
  const { server, "certificate-authority-data": ca } = clusters[0].cluster;
  const agent = new Agent({ keepAlive: true, maxSockets: connections, ca: Buffer.from(ca, "base64") });
  const headers = { authorization: `Bearer ${users[0].user.token}`, "content-type": "application/json" };
  const ask = (method: string, path: string, body?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = request(new URL(path, server), { method, agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
        });
      });
      sent.on("error", reject);
      sent.end(body);
    });
  const discovered = new Map<string, Promise<ResourceList>>();
  const resourcesOf = (apiVersion: string): Promise<ResourceList> => {
    const known = discovered.get(apiVersion);
    if (known !== undefined) return known;
    const asked = ask("GET", base(apiVersion)).then(({ text }) => JSON.parse(text) as ResourceList);
    discovered.set(apiVersion, asked);
    return asked;
  };
  const judgeOne = async (document: KubernetesObject): Promise<Verdict> => {
    const { apiVersion, kind } = document;
    const { resources } = await resourcesOf(apiVersion);
    const resource = resources.find((known) => known.kind === kind && !known.name.includes("/"));
    if (resource === undefined) throw new Error(`the API server has no ${kind} of ${apiVersion}`);
    const path = `${base(apiVersion)}${resource.namespaced ? `/namespaces/${namespace}` : ""}/${resource.name}`;
    const asked = { ...document, metadata: withNamespace(document.metadata, resource.namespaced ? namespace : undefined) };
    const { status, text } = await ask("POST", `${path}?dryRun=All&fieldValidation=Strict`, JSON.stringify(asked));
    if (status === 201) return { accepted: true, message: "" };
    const { message } = JSON.parse(text) as { readonly message: string };
    if ([400, 422].includes(status)) return { accepted: false, message };
    throw new Error(`${kind} ${document.metadata.name}: ${status} ${message}`);
  };
  return {
    judge: (documents) => Promise.all(documents.map(judgeOne)),
    close: () => {
      agent.destroy();
    },
  };
}

function base(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** What a breakage made of the metadata stays as it is. */
function withNamespace(metadata: unknown, namespace: string | undefined): unknown {
  if (typeof metadata !== "object" || metadata === null || !("namespace" in metadata) || typeof metadata.namespace !== "string")
    return metadata;
  return { ...metadata, namespace };
}
