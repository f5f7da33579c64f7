import type { MadeObjects } from "../../manifest/made-objects.ts";
import { madeSecrets, tlsSecretsOf } from "../../manifest/made-secrets.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { placeOf, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import { missingHint } from "../missing-hint.ts";
import { missingReads } from "../missing-reads.ts";
import type { Finding, Rule } from "../rule.ts";

const advice = "declare it under namespace.externalSecrets of the system";
const certificateAdvice = `let cert-manager make it with Tls.issuedBy(…), ${advice}`;

/** A Pod whose Secret is missing never starts; an Ingress serves a certificate that no browser trusts. */
export const secretExists: Rule = {
  id: "secret-exists",
  severity: "error",
  subject: "references",
  title: "Every Secret that a Pod or an Ingress reads is made in its namespace, with the keys that are read.",
  reason: "A Pod whose Secret is missing never starts; an Ingress serves a certificate that no browser trusts.",
  fix: "Declare it under namespace.externalSecrets of the system, or mend the name or key.",
  needs: "manifests",
  check(facts) {
    const made = madeSecrets(facts);
    return [...missingReads(facts, { kind: "Secret", made, advice }), ...missingCertificates(facts, made)];
  },
};

function missingCertificates(facts: RepositoryFacts, made: MadeObjects): Finding[] {
  return facts
    .ofKind("networking.k8s.io/Ingress")
    .filter((ingress) => facts.declares(placeOf(ingress)))
    .flatMap((ingress) => missingCertificatesOf(ingress, made));
}

function missingCertificatesOf(ingress: Manifest, made: MadeObjects): Finding[] {
  const place = placeOf(ingress);
  return tlsSecretsOf(ingress)
    .filter((secret) => made.keysOf(place, secret) === undefined)
    .map((secret) => ({
      message: `${objectName(ingress.document)} takes its certificate from Secret '${secret}', which nothing makes in '${ingress.document.metadata.namespace ?? ""}'`,
      hint: missingHint(certificateAdvice, secret, made.namesIn(place)),
      manifest: ingress,
    }));
}
