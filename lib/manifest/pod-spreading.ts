import { entriesOf } from "./entries-of.ts";
import { fieldsOf } from "./fields-of.ts";
import { type LabelSelector, matchesLabels } from "./label-selector.ts";
import type { PodTemplateDocument } from "./pod-spec.ts";

/** Something that keeps the Pods of a template apart. */
export interface Spreading {
  readonly topologyKey: string;
  /** Whether a Pod that finds no place is not scheduled at all. */
  readonly required: boolean;
  /** How many of the Pods one domain may hold more than another; 1 for anti-affinity, which lets in one a domain. */
  readonly maxSkew: number;
  /** How many domains there must be. */
  readonly minDomains: number | undefined;
  readonly by: "podAntiAffinity" | "topologySpreadConstraints";
}

interface AffinityTerm {
  readonly topologyKey?: string;
  readonly labelSelector?: LabelSelector;
}

interface SpreadConstraint extends AffinityTerm {
  readonly maxSkew?: number;
  readonly minDomains?: number;
  readonly whenUnsatisfiable?: string;
}

interface AntiAffinityDocument {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly AffinityTerm[];
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly { readonly podAffinityTerm?: AffinityTerm }[];
}

/** What keeps the Pods of a template apart from one another; terms about other Pods are left out. */
export function spreadingOf(template: PodTemplateDocument): Spreading[] {
  const labels = fieldsOf(template.metadata).labels ?? {};
  const pod = fieldsOf(
    template.spec as
      | { affinity?: { podAntiAffinity?: AntiAffinityDocument }; topologySpreadConstraints?: readonly SpreadConstraint[] }
      | undefined,
  );
  const anti = fieldsOf(fieldsOf(pod.affinity).podAntiAffinity);
  const takesItself = ({ labelSelector }: AffinityTerm): boolean =>
    labelSelector !== undefined && matchesLabels(fieldsOf(labelSelector), labels);
  const apart = (term: AffinityTerm, required: boolean): Spreading[] =>
    takesItself(term) ? [{ topologyKey: term.topologyKey ?? "", required, maxSkew: 1, minDomains: undefined, by: "podAntiAffinity" }] : [];
  return [
    ...entriesOf(anti.requiredDuringSchedulingIgnoredDuringExecution).flatMap((term) => apart(term, true)),
    ...entriesOf(anti.preferredDuringSchedulingIgnoredDuringExecution).flatMap((term) => apart(fieldsOf(term.podAffinityTerm), false)),
    ...entriesOf(pod.topologySpreadConstraints)
      .filter(takesItself)
      .map(({ topologyKey = "", maxSkew = 1, minDomains, whenUnsatisfiable = "DoNotSchedule" }): Spreading => {
        const required = whenUnsatisfiable === "DoNotSchedule";
        return { topologyKey, required, maxSkew, minDomains, by: "topologySpreadConstraints" };
      }),
  ];
}
