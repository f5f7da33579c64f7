import { MadeObjects } from "./made-objects.ts";
import type { Manifest } from "./manifest.ts";
import { placeOf, type RepositoryFacts } from "./repository-facts.ts";

/** Annotations by which cert-manager issues the certificates of an Ingress. @see https://cert-manager.io/docs/usage/ingress/ */
const issuerAnnotations = ["cert-manager.io/cluster-issuer", "cert-manager.io/issuer"] as const;

/** The parts of an ExternalSecret's `spec` that say which Secret it makes. */
interface ExternalSecretSpec {
  readonly data?: readonly { readonly secretKey: string }[];
  readonly dataFrom?: readonly unknown[];
  readonly target?: {
    readonly name?: string;
    readonly creationPolicy?: "Owner" | "Orphan" | "Merge" | "None";
    readonly template?: { readonly data?: object; readonly templateFrom?: readonly unknown[]; readonly mergePolicy?: "Replace" | "Merge" };
  };
}

/** The Secrets of every place, and their keys: of External Secrets, Sealed Secrets, cert-manager and what is rendered as it stands. */
export function madeSecrets(facts: RepositoryFacts): MadeObjects {
  const made = new MadeObjects();
  const externalSecrets = facts.ofKind("external-secrets.io/ExternalSecret").map((manifest) => ({
    place: placeOf(manifest),
    name: manifest.document.metadata.name,
    spec: (manifest.document.spec ?? {}) as ExternalSecretSpec,
  }));
  for (const { place, name, spec } of externalSecrets) {
    if (ownsItsSecret(spec)) made.add(place, spec.target?.name ?? name, externalSecretKeys(spec));
  }
  for (const manifest of facts.ofKind("bitnami.com/SealedSecret")) made.add(placeOf(manifest), ...sealedSecret(manifest));
  for (const manifest of facts.ofKind("Secret")) {
    const { data = {}, stringData = {} } = manifest.document as { readonly data?: object; readonly stringData?: object };
    made.add(placeOf(manifest), manifest.document.metadata.name, [...Object.keys(data), ...Object.keys(stringData)]);
  }
  for (const manifest of facts.ofKind("cert-manager.io/Certificate")) {
    const { secretName } = (manifest.document.spec ?? {}) as { readonly secretName?: string };
    if (secretName !== undefined) made.add(placeOf(manifest), secretName, "unknown");
  }
  for (const manifest of facts.ofKind("networking.k8s.io/Ingress")) {
    if (issuerAnnotations.every((key) => manifest.document.metadata.annotations?.[key] === undefined)) continue;
    for (const secret of tlsSecretsOf(manifest)) made.add(placeOf(manifest), secret, "unknown");
  }
  for (const { place, name, spec } of externalSecrets) {
    if (spec.target?.creationPolicy !== "Merge") continue;
    const target = spec.target.name ?? name;
    // somebody else makes it: where that is nobody of this repository, its other keys are not known
    made.add(place, target, made.in(place).has(target) ? externalSecretKeys(spec) : "unknown");
  }
  return made;
}

/** The Secrets that an Ingress takes its certificates from. */
export function tlsSecretsOf(ingress: Manifest): string[] {
  const { tls = [] } = (ingress.document.spec ?? {}) as { readonly tls?: readonly { readonly secretName?: string }[] };
  return tls.map(({ secretName }) => secretName).filter((name) => name !== undefined);
}

function ownsItsSecret({ target }: ExternalSecretSpec): boolean {
  return target?.creationPolicy !== "Merge" && target?.creationPolicy !== "None";
}

/** As the operator does it: a template with keys replaces the data, unless it says `Merge`. */
function externalSecretKeys({ data = [], dataFrom = [], target }: ExternalSecretSpec): readonly string[] | "unknown" {
  const template = target?.template;
  const templated = Object.keys(template?.data ?? {});
  if ((template?.templateFrom ?? []).length > 0) return "unknown";
  if (templated.length > 0 && template?.mergePolicy !== "Merge") return templated;
  return dataFrom.length > 0 ? "unknown" : [...templated, ...data.map(({ secretKey }) => secretKey)];
}

/** The controller names the Secret after the SealedSecret, whatever its template says. */
function sealedSecret({ document }: Manifest): [name: string, keys: readonly string[]] {
  const { encryptedData = {}, template } = (document.spec ?? {}) as {
    readonly encryptedData?: object;
    readonly template?: { readonly data?: object };
  };
  return [document.metadata.name, [...Object.keys(encryptedData), ...Object.keys(template?.data ?? {})]];
}
