import { entriesOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { nearestNames } from "../../errors/nearest-names.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { clusterOf, placeIn, placeOf, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import { missingHint } from "../missing-hint.ts";
import type { Finding, Rule } from "../rule.ts";

/** A store as an ExternalSecret names it; the kind is `SecretStore` unless said. */
interface StoreReference {
  readonly name: string;
  readonly kind?: string;
}

interface SourceDocument {
  readonly sourceRef?: { readonly storeRef?: StoreReference };
}

/** Who may name a ClusterSecretStore. @see https://external-secrets.io/latest/api/clustersecretstore/ */
interface StoreCondition {
  readonly namespaces?: readonly string[];
  readonly namespaceSelector?: object;
  readonly namespaceRegexes?: readonly string[];
}

/** An ExternalSecret without its store never makes its Secret, and everything that reads the Secret waits. */
export const secretStoreExists: Rule = {
  id: "secret-store-exists",
  severity: "error",
  subject: "references",
  title: "The store of every ExternalSecret is rendered where the ExternalSecret is, and serves its namespace.",
  reason: "An ExternalSecret without its store never makes its Secret, and everything that reads the Secret waits.",
  fix: "Add the store to those of the cluster, or the namespace to those that it serves.",
  needs: "manifests",
  check: (facts) => facts.ofKind("external-secrets.io/ExternalSecret").flatMap((secret) => findingsOf(facts, secret)),
};

function findingsOf(facts: RepositoryFacts, secret: Manifest): Finding[] {
  const seen = new Set<string>();
  return storesOf(secret).flatMap(({ name, kind = "SecretStore" }) => {
    const store = `${kind} '${name}'`;
    if (seen.has(store)) return [];
    seen.add(store);
    return (kind === "ClusterSecretStore" ? clusterStoreFinding(facts, secret, name) : localStoreFinding(facts, secret, name)) ?? [];
  });
}

function storesOf({ document }: Manifest): StoreReference[] {
  const { secretStoreRef, data, dataFrom } = fieldsOf(
    document.spec as {
      readonly secretStoreRef?: StoreReference;
      readonly data?: readonly SourceDocument[];
      readonly dataFrom?: readonly SourceDocument[];
    },
  );
  return [secretStoreRef, ...[...entriesOf(data), ...entriesOf(dataFrom)].map(({ sourceRef }) => sourceRef?.storeRef)].flatMap(
    (reference) => (typeof reference?.name === "string" ? [reference] : []),
  );
}

function clusterStoreFinding(facts: RepositoryFacts, secret: Manifest, name: string): Finding | undefined {
  const kind = "external-secrets.io/ClusterSecretStore";
  const cluster = placeIn(secret.owner, undefined);
  const store = facts.find(cluster, kind, name);
  const message = `${objectName(secret.document)} comes from ClusterSecretStore '${name}'`;
  if (store === undefined) {
    // a folder of plain manifests seldom holds what its whole cluster shares
    if (facts.definitions === undefined && facts.ofKind(kind).length === 0) return undefined;
    const advice = "add it to the ClusterSecretStores of that cluster";
    return {
      message: `${message}, which nothing makes on cluster '${clusterOf(secret.owner)}'`,
      hint: missingHint(advice, name, facts.namesIn(cluster, kind)),
      manifest: secret,
    };
  }
  const { namespace } = secret.document.metadata;
  const { conditions = [] } = (store.document.spec ?? {}) as { readonly conditions?: readonly StoreCondition[] };
  if (namespace === undefined || conditions.length === 0 || conditions.some((condition) => admits(condition, namespace))) return undefined;
  const served = nearestNames(
    namespace,
    conditions.flatMap(({ namespaces }) => namespaces ?? []),
  );
  return {
    message: `${message}, which does not serve namespace '${namespace}'`,
    hint: `add '${namespace}' to the namespaces of the store in the ClusterSecretStores of that cluster; it serves ${served || "none"}`,
    manifest: secret,
  };
}

/** Selectors and regular expressions are the API server's to judge: here they count as open. */
function admits({ namespaces = [], namespaceSelector, namespaceRegexes = [] }: StoreCondition, namespace: string): boolean {
  return namespaces.includes(namespace) || namespaceSelector !== undefined || namespaceRegexes.length > 0;
}

function localStoreFinding(facts: RepositoryFacts, secret: Manifest, name: string): Finding | undefined {
  const kind = "external-secrets.io/SecretStore";
  const place = placeOf(secret);
  if (facts.find(place, kind, name) !== undefined || !facts.declares(place)) return undefined;
  const namespace = secret.document.metadata.namespace ?? "";
  return {
    message: `${objectName(secret.document)} comes from SecretStore '${name}', which nothing makes in '${namespace}'`,
    hint: missingHint("render it beside the ExternalSecret", name, facts.namesIn(place, kind)),
    manifest: secret,
  };
}
