import { nearestNames } from "../errors/nearest-names.ts";
import type { MadeObjects } from "../manifest/made-objects.ts";
import { objectName } from "../manifest/manifest.ts";
import type { PodReference } from "../manifest/pod-references.ts";
import type { RepositoryFacts } from "../manifest/repository-facts.ts";
import { missingHint } from "./missing-hint.ts";
import type { Finding } from "./rule.ts";

/** What Pods read: see {@link missingReads}. */
export interface MissingReadsProps {
  readonly kind: PodReference["kind"];
  readonly made: MadeObjects;
  /** What the author does about an object that nothing makes. */
  readonly advice: string;
}

/** A finding for every Secret, or every ConfigMap, and every key of one, that the Pods of a workload read and that nothing makes. */
export function missingReads(facts: RepositoryFacts, { kind, made, advice }: MissingReadsProps): Finding[] {
  const findings: Finding[] = [];
  for (const { manifest, place, reads } of facts.workloads) {
    if (!facts.declares(place)) continue;
    const missing: string[] = [];
    for (const { kind: read, name, key, optional } of reads) {
      if (read !== kind || optional) continue;
      const keys = made.keysOf(place, name);
      if (keys === undefined) {
        if (missing.includes(name)) continue;
        missing.push(name);
        const message = `${objectName(manifest.document)} reads ${kind} '${name}', which nothing makes in '${manifest.document.metadata.namespace ?? ""}'`;
        findings.push({ message, hint: missingHint(advice, name, made.namesIn(place)), manifest });
      } else if (key !== undefined && keys !== "unknown" && !keys.has(key)) {
        const message = `${objectName(manifest.document)} reads key '${key}' of ${kind} '${name}', which has no such key`;
        findings.push({ message, hint: keys.size === 0 ? "it has no key at all" : `its keys are: ${nearestNames(key, keys)}`, manifest });
      }
    }
  }
  return findings;
}
