import type { Issue } from "../manifest/issue.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { RepositoryFacts } from "../manifest/repository-facts.ts";
import { wellTyped } from "../schema/well-typed.ts";
import type { Finding, Rule } from "./rule.ts";
import { schema } from "./rules/schema.ts";

/**
 * Stage 4: every rule over the rendered whole; all findings at once, in the order of rules and objects.
 * The schemas come first, and the other rules see no value that is of a wrong type: they would trip over it, or report the same thing again.
 */
export function validateManifests(facts: RepositoryFacts, rules: readonly Rule[]): Issue[] {
  const shape = rules.includes(schema) ? schema.check(facts) : [];
  const readable = readableFacts(facts, shape);
  return rules.flatMap((rule) =>
    (rule === schema ? shape : readable.check(rule)).map((finding) => ({ severity: rule.severity, ...finding, rule: rule.id })),
  );
}

/** The facts of what has the right types, and how to ask them: findings name the objects as they are written. */
function readableFacts(facts: RepositoryFacts, shape: readonly Finding[]): { check: (rule: Rule) => readonly Finding[] } {
  if (shape.length === 0) return { check: (rule) => rule.check(facts) };
  const written = new Map<Manifest, Manifest>();
  const misshapen = new Set(shape.map(({ manifest }) => manifest));
  const manifests = facts.manifests.map((manifest) => {
    const document = misshapen.has(manifest) ? wellTyped(manifest.document) : manifest.document;
    if (document === manifest.document) return manifest;
    const readable = { ...manifest, document };
    written.set(readable, manifest);
    return readable;
  });
  if (written.size === 0) return { check: (rule) => rule.check(facts) };
  const readable = new RepositoryFacts(manifests, facts.definitions?.definitions, facts.kubernetes);
  return {
    check: (rule) =>
      rule.check(readable).map((finding) => {
        const manifest = finding.manifest && written.get(finding.manifest);
        return manifest === undefined ? finding : { ...finding, manifest };
      }),
  };
}
