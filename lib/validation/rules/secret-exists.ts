import type { MadeObjects } from "../../manifest/made-objects.ts";
import { madeSecrets, tlsSecretsOf } from "../../manifest/made-secrets.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { placesOfOtherPods } from "../../manifest/pod-makers.ts";
import { placeOf, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import { asWarning } from "../as-warning.ts";
import { missingHint } from "../missing-hint.ts";
import { missingReads } from "../missing-reads.ts";
import type { Finding, Rule } from "../rule.ts";

const declared = "declare it under namespace.externalSecrets of the system";

/** What the author does about a missing Secret, and about a certificate: in the words of definitions, and of plain manifests. */
const adviceOn = {
  definitions: { secret: declared, certificate: `let cert-manager make it with Tls.issuedBy(…), ${declared}` },
  manifests: {
    secret: "let an ExternalSecret or a SealedSecret make it",
    certificate: "let cert-manager, an ExternalSecret or a SealedSecret make it",
  },
} as const;

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
    const advice = adviceOn[facts.definitions === undefined ? "manifests" : "definitions"];
    const made = madeSecrets(facts);
    const others = placesOfOtherPods(facts);
    // what makes Pods of its own, such as a database of an operator, mostly makes Secrets for it too
    const doubted = (finding: Finding): Finding =>
      finding.manifest !== undefined && others.has(placeOf(finding.manifest)) ? asWarning(finding) : finding;
    return [
      ...missingReads(facts, { kind: "Secret", made, advice: advice.secret }),
      ...missingCertificates(facts, made, advice.certificate),
    ].map(doubted);
  },
};

function missingCertificates(facts: RepositoryFacts, made: MadeObjects, advice: string): Finding[] {
  return facts
    .ofKind("networking.k8s.io/Ingress")
    .filter((ingress) => facts.declares(placeOf(ingress)))
    .flatMap((ingress) => missingCertificatesOf(ingress, made, advice));
}

function missingCertificatesOf(ingress: Manifest, made: MadeObjects, advice: string): Finding[] {
  const place = placeOf(ingress);
  return tlsSecretsOf(ingress)
    .filter((secret) => made.keysOf(place, secret) === undefined)
    .map((secret) => ({
      message: `${objectName(ingress.document)} takes its certificate from Secret '${secret}', which nothing makes in '${ingress.document.metadata.namespace ?? ""}'`,
      hint: missingHint(advice, secret, made.namesIn(place)),
      manifest: ingress,
    }));
}
