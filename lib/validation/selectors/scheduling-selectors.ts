import { entriesOf, textsOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { matchesLabels, type LabelSelector } from "../../manifest/label-selector.ts";
import { objectName } from "../../manifest/manifest.ts";
import { placeIn, type WorkloadFact } from "../../manifest/repository-facts.ts";
import type { Finding } from "../rule.ts";
import type { MissingPods } from "./missing-pods.ts";

interface SpreadConstraint {
  readonly topologyKey?: string;
  readonly labelSelector?: LabelSelector;
}

/** @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodAffinityTerm */
interface AffinityTerm {
  readonly labelSelector?: LabelSelector;
  readonly namespaces?: readonly string[];
  readonly namespaceSelector?: object;
}

interface TermLists {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly AffinityTerm[];
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly { readonly podAffinityTerm?: AffinityTerm }[];
}

/** The parts of a Pod that say beside which Pods it is to run. */
interface ScheduledPod {
  readonly affinity?: { readonly podAffinity?: TermLists; readonly podAntiAffinity?: TermLists };
  readonly topologySpreadConstraints?: readonly SpreadConstraint[];
}

/** Workloads that spread Pods which are not their own, or keep near or away from Pods that nobody makes. */
export function findSchedulingSelectors(pods: MissingPods): Finding[] {
  const findings: Finding[] = [];
  for (const workload of pods.facts.workloads) {
    const { affinity, topologySpreadConstraints }: ScheduledPod = workload.template.spec as object;
    if (topologySpreadConstraints !== undefined) findings.push(...spreadFindings(workload, topologySpreadConstraints));
    if (affinity === undefined) continue;
    findings.push(...affinityFindings(pods, workload, affinity.podAntiAffinity, "keeps away from"));
    findings.push(...affinityFindings(pods, workload, affinity.podAffinity, "keeps near to"));
  }
  return findings;
}

function spreadFindings({ manifest, template }: WorkloadFact, constraints: readonly SpreadConstraint[]): Finding[] {
  const labels = template.metadata?.labels ?? {};
  return entriesOf<SpreadConstraint>(constraints)
    .filter(({ labelSelector }) => labelSelector === undefined || !matchesLabels(labelSelector, labels))
    .map(({ topologyKey = "" }) => ({
      message: `${objectName(manifest.document)} spreads Pods over '${topologyKey}' that are not its own`,
      hint: "take labels of its own Pods into the constraint's labelSelector",
      manifest,
    }));
}

function affinityFindings(pods: MissingPods, { manifest, place }: WorkloadFact, lists: TermLists | undefined, verb: string): Finding[] {
  if (lists === undefined) return [];
  const { requiredDuringSchedulingIgnoredDuringExecution: required, preferredDuringSchedulingIgnoredDuringExecution: preferred } = lists;
  const terms = [
    ...entriesOf<AffinityTerm>(required),
    ...entriesOf<{ readonly podAffinityTerm?: AffinityTerm }>(preferred).map(
      ({ podAffinityTerm }): AffinityTerm => fieldsOf(podAffinityTerm),
    ),
  ];
  const findings: Finding[] = [];
  for (const { labelSelector, namespaces, namespaceSelector } of terms) {
    // which namespaces have which labels is known for declared ones only
    if (namespaceSelector !== undefined) continue;
    const names = textsOf(namespaces);
    const places = names.length === 0 ? [place] : names.map((name) => placeIn(manifest.owner, name));
    const message = (): string => `${objectName(manifest.document)} ${verb} Pods that no workload makes`;
    const finding = pods.findingOf(manifest, places, labelSelector, message);
    if (finding !== undefined) findings.push(finding);
  }
  return findings;
}
