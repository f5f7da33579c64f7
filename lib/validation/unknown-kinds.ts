import type { RepositoryFacts } from "../manifest/repository-facts.ts";
import { validatorOf } from "../schema/load-validators.ts";

/** The kinds of which no schema is known, so that their fields are not checked: `example.com/v1/Till`, sorted. */
export function unknownKinds(facts: RepositoryFacts): string[] {
  const unknown = new Set<string>();
  for (const manifests of facts.kinds.values()) {
    for (const { document } of manifests) {
      if (validatorOf(document) === undefined) unknown.add(`${document.apiVersion}/${document.kind}`);
    }
  }
  return [...unknown].sort();
}
