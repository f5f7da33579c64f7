import { type Labels, type LabelSelector, matchesLabels } from "./label-selector.ts";

/** Something with labels, and the place that it is in. */
export interface LabelledItem<T> {
  readonly place: string;
  readonly labels: Labels;
  readonly item: T;
}

/**
 * Finds what a selector takes without looking at everything in the place: a selector is answered from the rarest of its labels, so that
 * a namespace with a thousand Services and a thousand workloads does not cost a million comparisons.
 */
export class LabelIndex<T> {
  readonly #byPlace = new Map<string, LabelledItem<T>[]>();
  readonly #byLabel = new Map<string, LabelledItem<T>[]>();

  constructor(items: Iterable<LabelledItem<T>>) {
    for (const item of items) {
      push(this.#byPlace, item.place, item);
      for (const [key, value] of Object.entries(item.labels)) push(this.#byLabel, labelKey(item.place, key, value), item);
    }
  }

  /** Everything in a place, with its labels. */
  in(place: string): readonly LabelledItem<T>[] {
    return this.#byPlace.get(place) ?? [];
  }

  /** What a selector takes in a place. */
  select(place: string, selector: LabelSelector): T[] {
    let candidates = this.in(place);
    for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
      const found = this.#byLabel.get(labelKey(place, key, value)) ?? [];
      if (found.length < candidates.length) candidates = found;
    }
    return candidates.filter(({ labels }) => matchesLabels(selector, labels)).map(({ item }) => item);
  }
}

function labelKey(place: string, key: string, value: string): string {
  return `${place} ${key}=${value}`;
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [item]);
  else known.push(item);
}
