import { entriesOf } from "./entries-of.ts";
import { fieldsOf } from "./fields-of.ts";
import { secretMakings, type SecretMaking, tlsSecretsOf } from "./made-secrets.ts";
import type { Manifest } from "./manifest.ts";
import { clusterOf, placeOf, type RepositoryFacts } from "./repository-facts.ts";
import { type SecretReader, secretReadersOf } from "./secret-readers.ts";

/** What makes a Secret, or adds keys to it. */
export interface SecretMaker {
  readonly manifest: Manifest;
  readonly adds: boolean;
  /** The store that an ExternalSecret reads, the scope of a SealedSecret, the issuer of a certificate: `ClusterSecretStore vault`. */
  readonly from: string | undefined;
  /** The keys, each with where it comes from: its name at the provider. */
  readonly keys: readonly { readonly key: string; readonly remote: string | undefined }[] | "unknown";
}

/** A Secret, who makes it and who reads it. */
export interface SecretUsage {
  readonly name: string;
  readonly makers: readonly SecretMaker[];
  readonly readers: readonly SecretReader[];
}

/** The Secrets of a namespace, by name. */
export interface NamespaceSecrets {
  /** `undefined`: a cluster-wide system's. */
  readonly environment: string | undefined;
  readonly cluster: string;
  readonly namespace: string;
  readonly secrets: readonly SecretUsage[];
}

/**
 * Who makes each Secret, and who reads it, by environment, cluster and namespace. Readers are the Pods of workloads and the certificates of Ingresses; what
 * controllers read besides (stores, issuers, gateways) is not known.
 */
export function secretReport(facts: RepositoryFacts): NamespaceSecrets[] {
  const places = new Map<string, Place>();
  const usageIn = (manifest: Manifest, name: string): Usage => {
    const place = placeOf(manifest);
    const known = places.get(place) ?? newPlace(manifest);
    places.set(place, known);
    const usage = known.secrets.get(name) ?? { name, makers: [], readers: [] };
    known.secrets.set(name, usage);
    return usage;
  };
  for (const making of secretMakings(facts)) usageIn(making.manifest, making.name).makers.push(makerOf(making));
  for (const workload of facts.workloads) {
    for (const reader of secretReadersOf(workload)) usageIn(workload.manifest, reader.secret).readers.push(reader);
  }
  for (const manifest of facts.ofKind("networking.k8s.io/Ingress")) {
    for (const secret of tlsSecretsOf(manifest)) {
      const reader = { as: "certificate", name: undefined, keys: "all", optional: false, onRotation: "at-once" } as const;
      usageIn(manifest, secret).readers.push({ manifest, secret, ...reader });
    }
  }
  return [...places.values()]
    .map(({ secrets, ...place }) => ({ ...place, secrets: inOrder([...secrets.values()], ({ name }) => name) }))
    .sort((a, b) => compare(sortKey(a), sortKey(b)));
}

interface Usage extends SecretUsage {
  readonly makers: SecretMaker[];
  readonly readers: SecretReader[];
}

interface Place extends Omit<NamespaceSecrets, "secrets"> {
  readonly secrets: Map<string, Usage>;
}

function newPlace({ owner, document }: Manifest): Place {
  return {
    environment: "environment" in owner ? owner.environment : undefined,
    cluster: clusterOf(owner),
    namespace: document.metadata.namespace ?? "",
    secrets: new Map(),
  };
}

function makerOf({ manifest, keys, adds }: SecretMaking): SecretMaker {
  const remotes = remotesOf(manifest);
  return {
    manifest,
    adds,
    from: sourceOf(manifest),
    keys: keys === "unknown" ? keys : inOrder([...keys], (key) => key).map((key) => ({ key, remote: remotes.get(key) })),
  };
}

/** How the provider calls each key. */
function remotesOf({ document }: Manifest): Map<string, string> {
  if (document.kind !== "ExternalSecret") return new Map();
  const { data } = fieldsOf(document.spec as { readonly data?: readonly RemoteData[] });
  return new Map(
    entriesOf<RemoteData>(data).map(({ secretKey, remoteRef: { key = "", property, version } = {} }) => [
      secretKey,
      `${key}${property === undefined ? "" : `.${property}`}${version === undefined ? "" : `@${version}`}`,
    ]),
  );
}

interface RemoteData {
  readonly secretKey: string;
  readonly remoteRef?: { readonly key?: string; readonly property?: string; readonly version?: string };
}

function sourceOf({ document: { kind, spec, metadata } }: Manifest): string | undefined {
  const annotations = metadata.annotations ?? {};
  switch (kind) {
    case "ExternalSecret":
      return reference((spec as { readonly secretStoreRef?: Reference } | undefined)?.secretStoreRef, "SecretStore");
    case "SealedSecret":
      return ["cluster-wide", "namespace-wide"].find((scope) => annotations[`sealedsecrets.bitnami.com/${scope}`] === "true") ?? "strict";
    case "Certificate":
      return reference((spec as { readonly issuerRef?: Reference } | undefined)?.issuerRef, "Issuer");
    case "Ingress":
      return annotations["cert-manager.io/cluster-issuer"] ?? annotations["cert-manager.io/issuer"];
    default:
      return undefined;
  }
}

interface Reference {
  readonly name?: string;
  readonly kind?: string;
}

function reference(to: Reference | undefined, fallback: string): string | undefined {
  return to?.name === undefined ? undefined : `${to.kind ?? fallback} ${to.name}`;
}

function sortKey({ environment = "", cluster, namespace }: Omit<NamespaceSecrets, "secrets">): string {
  return [environment, cluster, namespace].join("\n");
}

function inOrder<T>(list: T[], keyOf: (item: T) => string): T[] {
  return list.sort((a, b) => compare(keyOf(a), keyOf(b)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
