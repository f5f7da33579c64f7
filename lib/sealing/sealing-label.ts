import type { SealingScope } from "../definition/sealed-secret.ts";

/** What a ciphertext is bound to, as the controller puts it together again when it opens one. */
export function sealingLabel(scope: SealingScope, namespace: string, secret: string): string {
  return { strict: `${namespace}/${secret}`, "namespace-wide": namespace, "cluster-wide": "" }[scope];
}
