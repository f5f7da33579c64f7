import { type KnownKeys, MadeObjects } from "./made-objects.ts";
import { placeOf, type RepositoryFacts } from "./repository-facts.ts";

/** Kubernetes keeps it in every namespace. @see https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-token-volume */
const rootCertificate: readonly [string, KnownKeys] = ["kube-root-ca.crt", new Set(["ca.crt"])];

/** The ConfigMaps of every place, and their keys. */
export function madeConfigMaps(facts: RepositoryFacts): MadeObjects {
  const made = new MadeObjects(new Map([rootCertificate]));
  for (const manifest of facts.ofKind("ConfigMap")) {
    const { data = {}, binaryData = {} } = manifest.document as { readonly data?: object; readonly binaryData?: object };
    made.add(placeOf(manifest), manifest.document.metadata.name, [...Object.keys(data), ...Object.keys(binaryData)]);
  }
  return made;
}
