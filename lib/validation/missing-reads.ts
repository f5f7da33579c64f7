import { nearestNames } from "../errors/nearest-names.ts";
import type { MadeObjects } from "../manifest/made-objects.ts";
import { objectName } from "../manifest/manifest.ts";
import { podReferences, type PodReference } from "../manifest/pod-references.ts";
import type { RepositoryFacts, WorkloadFact } from "../manifest/repository-facts.ts";
import { missingHint } from "./missing-hint.ts";
import type { Finding } from "./rule.ts";

/** What Pods read and nobody makes: see {@link missingReads}. */
export interface MissingReadsProps {
  readonly kind: PodReference["kind"];
  readonly made: MadeObjects;
  /** What the author does about an object that nothing makes. */
  readonly advice: string;
}

/** A finding for every Secret, or every ConfigMap, and every key of one, that the Pods of a workload read and that nothing makes. */
export function missingReads(facts: RepositoryFacts, props: MissingReadsProps): Finding[] {
  return facts.workloads
    .filter(({ manifest }) => facts.declaresNamespaceOf(manifest))
    .flatMap((workload) => missingReadsOf(workload, props));
}

function missingReadsOf({ manifest, place, template }: WorkloadFact, { kind, made, advice }: MissingReadsProps): Finding[] {
  const known = made.in(place);
  // by message, since containers of a Pod often read the same thing
  const findings = new Map<string, Finding>();
  for (const { kind: read, name, key, optional } of podReferences(template.spec)) {
    if (read !== kind || optional) continue;
    const keys = known.get(name);
    if (keys === undefined) {
      const namespace = manifest.document.metadata.namespace ?? "";
      const message = `${objectName(manifest.document)} reads ${kind} '${name}', which nothing makes in '${namespace}'`;
      if (!findings.has(message)) findings.set(message, { message, hint: missingHint(advice, name, known.keys()), manifest });
    } else if (key !== undefined && keys !== "unknown" && !keys.has(key)) {
      const message = `${objectName(manifest.document)} reads key '${key}' of ${kind} '${name}', which has no such key`;
      const hint = keys.size === 0 ? "it has no key at all" : `its keys are: ${nearestNames(key, keys)}`;
      findings.set(message, { message, hint, manifest });
    }
  }
  return [...findings.values()];
}
