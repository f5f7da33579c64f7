import { MadeObjects } from "./made-objects.ts";
import type { Manifest } from "./manifest.ts";
import { placeOf, type RepositoryFacts } from "./repository-facts.ts";

/** Annotations by which cert-manager issues the certificates of an Ingress. @see https://cert-manager.io/docs/usage/ingress/ */
const issuerAnnotations = ["cert-manager.io/cluster-issuer", "cert-manager.io/issuer"] as const;

/** A Secret that a manifest makes, or adds keys to. */
interface SecretMade {
  readonly name: string;
  readonly keys: readonly string[] | "unknown";
}

/** The parts of an ExternalSecret's `spec` that say which Secret it makes. @see https://external-secrets.io/latest/api/externalsecret/ */
interface ExternalSecretSpec {
  readonly data?: readonly { readonly secretKey: string }[];
  readonly dataFrom?: readonly unknown[];
  readonly target?: {
    readonly name?: string;
    readonly creationPolicy?: string;
    readonly template?: SecretTemplate;
  };
}

interface SecretTemplate {
  readonly data?: object;
  readonly templateFrom?: readonly unknown[];
  readonly mergePolicy?: string;
}

/** The Secrets of every place, and their keys: of External Secrets, Sealed Secrets, cert-manager and what is rendered as it stands. */
export function madeSecrets(facts: RepositoryFacts): MadeObjects {
  const made = new MadeObjects();
  const addAll = (kind: string, secretsOf: (manifest: Manifest) => readonly SecretMade[]): void => {
    for (const manifest of facts.ofKind(kind)) {
      for (const { name, keys } of secretsOf(manifest)) made.add(placeOf(manifest), name, keys);
    }
  };
  addAll("Secret", plainSecret);
  addAll("bitnami.com/SealedSecret", sealedSecret);
  addAll("cert-manager.io/Certificate", certificateSecret);
  addAll("networking.k8s.io/Ingress", issuedSecrets);
  addAll("external-secrets.io/ExternalSecret", (manifest) => externalSecret(manifest, ["Owner", "Orphan"]));
  // last, since they add keys to what others made; where that is nobody of this repository, its other keys are not known
  addAll("external-secrets.io/ExternalSecret", (manifest) =>
    externalSecret(manifest, ["Merge"]).map(({ name, keys }) => ({
      name,
      keys: made.keysOf(placeOf(manifest), name) === undefined ? "unknown" : keys,
    })),
  );
  return made;
}

/** The Secrets that an Ingress takes its certificates from. */
export function tlsSecretsOf(ingress: Manifest): string[] {
  const { tls = [] } = (ingress.document.spec ?? {}) as { readonly tls?: readonly { readonly secretName?: string }[] };
  return tls.map(({ secretName }) => secretName).filter((name) => name !== undefined);
}

function plainSecret({ document }: Manifest): SecretMade[] {
  return [{ name: document.metadata.name, keys: [...keysOf(document.data), ...keysOf(document.stringData)] }];
}

/** The controller names the Secret after the SealedSecret, whatever its template says. */
function sealedSecret({ document }: Manifest): SecretMade[] {
  const { encryptedData, template } = (document.spec ?? {}) as { readonly encryptedData?: object; readonly template?: SecretTemplate };
  return [{ name: document.metadata.name, keys: [...keysOf(encryptedData), ...keysOf(template?.data)] }];
}

function certificateSecret({ document }: Manifest): SecretMade[] {
  const { secretName } = (document.spec ?? {}) as { readonly secretName?: string };
  return secretName === undefined ? [] : [{ name: secretName, keys: "unknown" }];
}

function issuedSecrets(ingress: Manifest): SecretMade[] {
  const { annotations = {} } = ingress.document.metadata;
  if (issuerAnnotations.every((key) => annotations[key] === undefined)) return [];
  return tlsSecretsOf(ingress).map((name) => ({ name, keys: "unknown" }));
}

function externalSecret({ document }: Manifest, creationPolicies: readonly string[]): SecretMade[] {
  const spec = (document.spec ?? {}) as ExternalSecretSpec;
  if (!creationPolicies.includes(spec.target?.creationPolicy ?? "Owner")) return [];
  return [{ name: spec.target?.name ?? document.metadata.name, keys: externalKeys(spec) }];
}

/** As the operator does it: a template with keys replaces the data, unless it says `Merge`. */
function externalKeys({ data = [], dataFrom = [], target: { template = {} } = {} }: ExternalSecretSpec): SecretMade["keys"] {
  const templated = keysOf(template.data);
  if (template.templateFrom !== undefined && template.templateFrom.length > 0) return "unknown";
  if (templated.length > 0 && template.mergePolicy !== "Merge") return templated;
  return dataFrom.length > 0 ? "unknown" : [...templated, ...data.map(({ secretKey }) => secretKey)];
}

function keysOf(map: unknown): string[] {
  return Object.keys(map ?? {});
}
