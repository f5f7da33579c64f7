import { objectName, type Manifest } from "../../manifest/manifest.ts";
import type { SchemaViolation } from "../../schema/schema-violation.ts";
import { schemaViolations } from "../../schema/schema-violations.ts";
import type { Finding, Rule } from "../rule.ts";

/** What is not an object's own once SOPS has encrypted it, which `secret-manifest` says once. */
const madeBySops = /^(sops|data|binaryData)\b/;

/** The API server refuses such an object, or drops the field without a word; Argo CD then tries for ever, or sees a difference for ever. */
export const schema: Rule = {
  id: "schema",
  severity: "error",
  subject: "schema",
  title: "Every object is one that the API server takes: known fields only, of the right type, with everything that is required.",
  reason: "The API server refuses such an object, or drops the field without a word: what was reviewed is not what runs.",
  fix: "Mend the field's name or value in the definition it comes from.",
  needs: "manifests",
  check: ({ manifests }) => {
    const findings: Finding[] = [];
    for (const manifest of manifests) {
      const violations = schemaViolations(manifest.document);
      // of a kind without a schema nothing can be said
      if (violations === "unknown kind") continue;
      for (const violation of violations) {
        if (!("sops" in manifest.document && madeBySops.test(violation.path))) findings.push(refused(manifest, violation));
      }
    }
    return findings;
  },
};

function refused(manifest: Manifest, { path, message, hint }: SchemaViolation): Finding {
  const place = path === "" ? "" : `: '${path}'`;
  return { message: `${objectName(manifest.document)}${place} ${message}`, ...(hint !== undefined && { hint }), manifest };
}
