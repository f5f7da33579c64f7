import { type Labels, type LabelSelector, matchesLabels } from "./label-selector.ts";

/** What is known of one place. */
interface IndexedPlace<T> {
  readonly items: readonly T[];
  /** By key and value; a key is indexed when the first selector asks for it, since most labels never are. */
  readonly byLabel: Map<string, Map<string, T[]>>;
}

/**
 * Finds what a selector takes without looking at everything in the place: a selector is answered from the rarest of its labels, so that
 * a namespace with a thousand Services and a thousand workloads does not cost a million comparisons.
 */
export class LabelIndex<T> {
  readonly #itemsIn: (place: string) => readonly T[];
  readonly #labelsOf: (item: T) => Labels;
  readonly #places = new Map<string, IndexedPlace<T>>();

  /**
   * @param itemsIn - the items of a place; asked once for each
   * @param labelsOf - the labels of an item
   */
  constructor(itemsIn: (place: string) => readonly T[], labelsOf: (item: T) => Labels | undefined) {
    this.#itemsIn = itemsIn;
    this.#labelsOf = (item) => labelsOf(item) ?? {};
  }

  /** What a selector takes in a place. */
  select(place: string, selector: LabelSelector): readonly T[] {
    const indexed = this.#indexed(place);
    let candidates = indexed.items;
    const wanted = Object.entries(selector.matchLabels ?? {});
    for (const [key, value] of wanted) {
      const found = this.#valuesOf(indexed, key).get(value) ?? [];
      if (found.length < candidates.length) candidates = found;
    }
    // the one label is all that was asked for, as it is most often
    if (wanted.length === 1 && (selector.matchExpressions ?? []).length === 0) return candidates;
    return candidates.filter((item) => matchesLabels(selector, this.#labelsOf(item)));
  }

  /** The labels of everything in a place. */
  labelsIn(place: string): readonly Labels[] {
    return this.#indexed(place).items.map(this.#labelsOf);
  }

  #indexed(place: string): IndexedPlace<T> {
    const known = this.#places.get(place);
    if (known !== undefined) return known;
    const indexed = { items: this.#itemsIn(place), byLabel: new Map<string, Map<string, T[]>>() };
    this.#places.set(place, indexed);
    return indexed;
  }

  #valuesOf({ items, byLabel }: IndexedPlace<T>, key: string): ReadonlyMap<string, readonly T[]> {
    const known = byLabel.get(key);
    if (known !== undefined) return known;
    const values = new Map<string, T[]>();
    for (const item of items) {
      const value = this.#labelsOf(item)[key];
      if (value === undefined) continue;
      const sharers = values.get(value);
      if (sharers === undefined) values.set(value, [item]);
      else sharers.push(item);
    }
    byLabel.set(key, values);
    return values;
  }
}
