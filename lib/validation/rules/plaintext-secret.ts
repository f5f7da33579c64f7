import { madeSecrets } from "../../manifest/made-secrets.ts";
import { objectName } from "../../manifest/manifest.ts";
import { placeOf } from "../../manifest/repository-facts.ts";
import { PlaintextScan } from "../plaintext/plaintext-scan.ts";
import type { Finding, Rule } from "../rule.ts";

/** Everybody who reads the repository, or ever gets a copy of it, has the secret; taking the line out later does not take it back. */
export const plaintextSecret: Rule = {
  id: "plaintext-secret",
  severity: "error",
  subject: "secrets",
  title: "No text of a manifest is a secret.",
  reason: "Whoever reads the repository, or any copy of it, has the secret; taking the line out later does not take it back.",
  fix: "Replace the secret where it was issued, and name a key of a Secret that an external or a sealed secret makes.",
  needs: "manifests",
  check(facts) {
    const scan = new PlaintextScan();
    let made: ReturnType<typeof madeSecrets> | undefined;
    const findings: Finding[] = [];
    for (const manifest of facts.manifests) {
      // a Secret is another rule's, and what an ApplicationSet will make repeats its template
      if (manifest.document.kind === "Secret" || manifest.owner.scope === "expanded") continue;
      for (const { path, what, text } of scan.secretsIn(manifest.document)) {
        made ??= madeSecrets(facts);
        // `PAYMENT_SECRET: payment-keys` says which Secret to read
        if (made.keysOf(placeOf(manifest), text) !== undefined) continue;
        findings.push({ message: `${objectName(manifest.document)} shows ${what} in '${path}'`, hint, manifest });
      }
    }
    return findings;
  },
};

const hint =
  "replace it where it was issued, since Git keeps what was committed; then read it from a Secret that an external or a sealed secret makes, see docs/secrets.md";
