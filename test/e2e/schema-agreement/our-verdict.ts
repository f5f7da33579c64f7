import { groupKind, type KubernetesObject } from "../../../lib/manifest/manifest.ts";
import { schemaViolations } from "../../../lib/schema/schema-violations.ts";
import { fieldsOfKind } from "../../../lib/validation/formats/kind-fields.ts";
import { refusals } from "../../validation/formats/refusals.ts";
import type { Verdict } from "./dry-run.ts";

/** What our rules say of one object by itself. */
export function ourVerdict(document: KubernetesObject): Verdict {
  const violations = schemaViolations(document);
  if (violations === "unknown kind") throw new Error(`there is no schema of ${document.apiVersion} ${document.kind}`);
  const said = hasMetadata(document) ? refusals(document) : violations.map(({ path, message }) => `${path} ${message}`);
  // who reads files lets none pass that has no metadata; here they come from elsewhere
  if (!hasMetadata(document)) fieldsOfKind(groupKind(document)).visit(document, [], ({ complaint }) => said.push(complaint));
  return { accepted: said.length === 0, message: said.join("; ") };
}

function hasMetadata({ metadata }: Partial<KubernetesObject>): boolean {
  return typeof metadata === "object";
}
