import { fieldsOf } from "../../manifest/fields-of.ts";
import { isEmptySelector, matchesLabels, type LabelSelector } from "../../manifest/label-selector.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import type { RepositoryFacts, WorkloadFact } from "../../manifest/repository-facts.ts";
import type { Finding, Rule } from "../rule.ts";

interface WorkloadSpec {
  readonly selector?: LabelSelector;
  /** Of a Job: whether the author chooses the selector, and answers for it. */
  readonly manualSelector?: boolean;
}

/** The API server refuses a workload that does not select its own Pods; one that selects others' scales and reports by what is not its own. */
export const workloadSelector: Rule = {
  id: "workload-selector",
  severity: "error",
  subject: "references",
  title: "Every workload selects its own Pods, and nobody else's.",
  reason:
    "The API server refuses a workload that does not select its own Pods; one that selects those of another is scaled and reported by what is not its own.",
  fix: "Put labels that no other workload has into the selector and into the Pod template.",
  needs: "manifests",
  check(facts) {
    const findings: Finding[] = [];
    const overlaps = new Map<Manifest, Set<Manifest>>();
    for (const workload of facts.workloads) {
      const finding = findingOf(workload);
      if (finding !== undefined) findings.push(finding);
      else findings.push(...overlapsOf(facts, workload, overlaps));
    }
    return findings;
  },
};

function specOf({ manifest }: WorkloadFact): WorkloadSpec {
  return fieldsOf(manifest.document.spec as WorkloadSpec | undefined);
}

/** What is wrong with a selector that others need not be looked at for. */
function findingOf(workload: WorkloadFact): Finding | undefined {
  const { manifest, template } = workload;
  const { kind } = manifest.document;
  const { selector, manualSelector } = specOf(workload);
  if (kind === "Job" && selector !== undefined && manualSelector !== true) {
    const hint = "take spec.selector out: Kubernetes makes one for each Job";
    return { message: `${objectName(manifest.document)} chooses its own selector without manualSelector`, hint, manifest };
  }
  if (selector === undefined || matchesLabels(selector, template.metadata?.labels ?? {})) return undefined;
  return {
    message: `${objectName(manifest.document)} does not select its own Pods`,
    hint: "mend spec.selector, or the labels under spec.template.metadata",
    manifest,
  };
}

/** The workloads of the place whose Pods a workload selects too; each pair is named once. */
function overlapsOf(facts: RepositoryFacts, workload: WorkloadFact, overlaps: Map<Manifest, Set<Manifest>>): Finding[] {
  const { selector } = specOf(workload);
  // a missing or empty one is for the rules of schemas and formats to report
  if (selector === undefined || isEmptySelector(selector)) return [];
  const { manifest, place } = workload;
  const taken = facts.pods.select(place, selector);
  if (taken.length < 2) return [];
  const others = taken.map((other) => other.manifest).filter((other) => other !== manifest && overlaps.get(other)?.has(manifest) !== true);
  overlaps.set(manifest, new Set(others));
  return others.map((other) => ({
    message: `${objectName(manifest.document)} selects the Pods of ${objectName(other.document)} too`,
    hint: "give the Pods of each a label that the other has not, and name it in the selector",
    manifest,
  }));
}
