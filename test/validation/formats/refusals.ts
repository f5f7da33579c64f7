import type { KubernetesObject } from "../../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { schemaViolations } from "../../../lib/schema/schema-violations.ts";
import { fieldFormat } from "../../../lib/validation/rules/field-format.ts";
import { podConsistent } from "../../../lib/validation/rules/pod-consistent.ts";
import { workloadSelector } from "../../../lib/validation/rules/workload-selector.ts";
import { validateManifests } from "../../../lib/validation/validate-manifests.ts";
import { catalogue } from "../../support/manifests.ts";

/** The rules that, where its schema has nothing against it, say of one object by itself what an API server would say of it. */
const rules = [fieldFormat, podConsistent, workloadSelector];

/** What its schema, or these rules, have against an object. */
export function refusals(document: KubernetesObject): string[] {
  const violations = schemaViolations(document);
  if (violations !== "unknown kind" && violations.length > 0) return violations.map(({ path, message }) => `schema: ${path} ${message}`);
  return validateManifests(new RepositoryFacts([{ owner: catalogue, document, source: undefined }]), rules)
    .filter(({ severity }) => severity === "error")
    .map(({ rule, message }) => `${rule}: ${message}`);
}
