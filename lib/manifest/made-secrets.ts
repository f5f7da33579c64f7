import { entriesOf } from "./entries-of.ts";
import { fieldsOf } from "./fields-of.ts";
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
  readonly dataFrom?: readonly object[];
  readonly target?: {
    readonly name?: string;
    readonly creationPolicy?: string;
    readonly template?: SecretTemplate;
  };
}

interface SopsTemplate {
  readonly name: string;
  readonly data?: object;
  readonly stringData?: object;
}

interface SecretTemplate {
  readonly data?: object;
  readonly templateFrom?: readonly unknown[];
  readonly mergePolicy?: string;
}

/** A Secret, and the manifest that makes it. */
export interface SecretMaking extends SecretMade {
  readonly manifest: Manifest;
  /** It only adds keys to a Secret that somebody else makes. */
  readonly adds: boolean;
}

/** The Secrets of every place, and their keys: of External Secrets, Sealed Secrets, SOPS, cert-manager and what is rendered as it stands. */
export function madeSecrets(facts: RepositoryFacts): MadeObjects {
  const made = new MadeObjects();
  for (const { manifest, name, keys, adds } of secretMakings(facts)) {
    const place = placeOf(manifest);
    // where nobody of this repository makes it, its other keys are not known
    made.add(place, name, adds && made.keysOf(place, name) === undefined ? "unknown" : keys);
  }
  return made;
}

/** Every making of a Secret; last those that add keys to what others made. */
export function secretMakings(facts: RepositoryFacts): SecretMaking[] {
  const makings: SecretMaking[] = [];
  const addAll = (kind: string, secretsOf: (manifest: Manifest) => readonly SecretMade[], adds = false): void => {
    for (const manifest of facts.ofKind(kind)) {
      for (const { name, keys } of secretsOf(manifest)) makings.push({ manifest, name, keys, adds });
    }
  };
  addAll("Secret", plainSecret);
  addAll("bitnami.com/SealedSecret", sealedSecret);
  addAll("isindir.github.com/SopsSecret", sopsSecrets);
  addAll("cert-manager.io/Certificate", certificateSecret);
  addAll("networking.k8s.io/Ingress", issuedSecrets);
  addAll("external-secrets.io/ExternalSecret", (manifest) => externalSecret(manifest, ["Owner", "Orphan"]));
  addAll("external-secrets.io/ExternalSecret", (manifest) => externalSecret(manifest, ["Merge"]), true);
  return makings;
}

/** The Secrets that an Ingress takes its certificates from. */
export function tlsSecretsOf(ingress: Manifest): string[] {
  const { tls } = fieldsOf(ingress.document.spec as { readonly tls?: readonly { readonly secretName?: string }[] });
  return entriesOf(tls)
    .map(({ secretName }) => secretName)
    .filter((name) => name !== undefined);
}

function plainSecret({ document }: Manifest): SecretMade[] {
  return [{ name: document.metadata.name, keys: [...keysOf(document.data), ...keysOf(document.stringData)] }];
}

/** The controller names the Secret after the SealedSecret, whatever its template says. */
function sealedSecret({ document }: Manifest): SecretMade[] {
  const { encryptedData, template } = (document.spec ?? {}) as { readonly encryptedData?: object; readonly template?: SecretTemplate };
  return [{ name: document.metadata.name, keys: [...keysOf(encryptedData), ...keysOf(template?.data)] }];
}

/** Several Secrets of one object; names and keys are in the clear. @see https://github.com/isindir/sops-secrets-operator */
function sopsSecrets({ document }: Manifest): SecretMade[] {
  const { secretTemplates } = fieldsOf(document.spec as { readonly secretTemplates?: readonly SopsTemplate[] });
  return entriesOf<SopsTemplate>(secretTemplates).map(({ name, data, stringData }) => ({
    name,
    keys: [...keysOf(data), ...keysOf(stringData)],
  }));
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
function externalKeys({ data, dataFrom, target: { template = {} } = {} }: ExternalSecretSpec): SecretMade["keys"] {
  const templated = keysOf(template.data);
  if (template.templateFrom !== undefined && template.templateFrom.length > 0) return "unknown";
  if (templated.length > 0 && template.mergePolicy !== "Merge") return templated;
  return entriesOf(dataFrom).length > 0 ? "unknown" : [...templated, ...entriesOf(data).map(({ secretKey }) => secretKey)];
}

function keysOf(map: unknown): string[] {
  return Object.keys(map ?? {});
}
