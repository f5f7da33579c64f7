import type { WrittenAmounts } from "../../manifest/container-resources.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { entriesOf } from "../../manifest/entries-of.ts";
import { placeOf, type RepositoryFacts } from "../../manifest/repository-facts.ts";

/** What the LimitRanges of a namespace give to containers, and hold them to. */
export interface ContainerRange {
  /** Of the LimitRanges, for messages. */
  readonly name: string;
  /** Of containers that say none. */
  readonly defaultLimits: WrittenAmounts;
  /** Of containers that say neither a request nor a limit. */
  readonly defaultRequests: WrittenAmounts;
  readonly min: WrittenAmounts;
  readonly max: WrittenAmounts;
}

/** @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/limit-range-v1/ */
interface LimitRangeItem {
  readonly type?: string;
  readonly default?: WrittenAmounts;
  readonly defaultRequest?: WrittenAmounts;
  readonly min?: WrittenAmounts;
  readonly max?: WrittenAmounts;
}

/** The ranges of every place that has one. */
export function containerRanges(facts: RepositoryFacts): ReadonlyMap<string, ContainerRange> {
  const ranges = new Map<string, ContainerRange>();
  for (const manifest of facts.ofKind("LimitRange")) {
    const { limits } = fieldsOf(manifest.document.spec as { readonly limits?: readonly LimitRangeItem[] } | undefined);
    for (const { type, min = {}, max = {}, ...given } of entriesOf(limits)) {
      if (type !== "Container") continue;
      // the API server fills these in from one another
      const defaultLimits = { ...max, ...given.default };
      const range = {
        name: manifest.document.metadata.name,
        min,
        max,
        defaultLimits,
        defaultRequests: { ...min, ...defaultLimits, ...given.defaultRequest },
      };
      const place = placeOf(manifest);
      const first = ranges.get(place);
      ranges.set(place, first === undefined ? range : joined(first, range));
    }
  }
  return ranges;
}

function joined(first: ContainerRange, second: ContainerRange): ContainerRange {
  return {
    name: first.name,
    min: { ...second.min, ...first.min },
    max: { ...second.max, ...first.max },
    defaultLimits: { ...second.defaultLimits, ...first.defaultLimits },
    defaultRequests: { ...second.defaultRequests, ...first.defaultRequests },
  };
}
