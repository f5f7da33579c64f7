import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { joinPath } from "../../manifest/join-path.ts";
import type { FieldComplaint } from "../formats/field-table.ts";
import { fieldsOfKind } from "../formats/kind-fields.ts";
import type { Finding, Rule } from "../rule.ts";

/** The longest value that is printed whole. */
const shown = 60;

/** What the schema cannot say, and the API server's own code, or an operator's, refuses. */
export const fieldFormat: Rule = {
  id: "field-format",
  severity: "error",
  subject: "schema",
  title: "Names, labels, ports, counts, durations, schedules, addresses and the like are written as Kubernetes reads them.",
  reason: "The API server refuses such an object when it is applied; what only an operator reads fails later still, and more quietly.",
  fix: "Write the value as the message says, in the definition it comes from.",
  needs: "manifests",
  check: ({ kinds }) => {
    const findings: Finding[] = [];
    for (const [kind, manifests] of kinds) {
      const fields = fieldsOfKind(kind);
      for (const manifest of manifests) {
        if (!fields.accepts(manifest.document))
          fields.visit(manifest.document, [], (complaint) => findings.push(refused(manifest, complaint)));
      }
    }
    return findings;
  },
};

function refused(manifest: Manifest, { path, complaint, value }: FieldComplaint): Finding {
  const place = path.length === 0 ? "" : `: '${path.reduce<string>(joinPath, "")}'`;
  const got = typeof value === "string" ? `, got '${short(value)}'` : typeof value === "number" ? `, got ${value}` : "";
  return { message: `${objectName(manifest.document)}${place} ${complaint}${got}`, manifest };
}

function short(value: string): string {
  return value.length <= shown ? value : `${value.slice(0, shown)}…`;
}
