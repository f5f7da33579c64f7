import { entriesOf } from "./entries-of.ts";
import { fieldsOf } from "./fields-of.ts";
import { type Labels, type LabelSelector, matchesLabels } from "./label-selector.ts";

/** What is known of one place. */
interface IndexedPlace<T> {
  readonly items: readonly T[];
  /** By key and value; a key is indexed when the first selector asks for it, since most labels never are. */
  readonly byLabel: Map<string, Map<unknown, T[]>>;
}

/**
 * Finds what a selector takes without looking at everything in the place: a selector is answered from the rarest of its labels, so that
 * a namespace with a thousand Services and a thousand workloads does not cost a million comparisons.
 */
export class LabelIndex<T> {
  readonly #itemsIn: (place: string) => readonly T[];
  readonly #labelsOf: (item: T) => Labels;
  readonly #given: ReadonlySet<string>;
  readonly #places = new Map<string, IndexedPlace<T>>();

  /**
   * @param itemsIn - the items of a place; asked once for each
   * @param labelsOf - the labels of an item
   * @param given - the keys of labels that items get later, with values that nobody knows yet: whatever a selector asks of them counts as met
   */
  constructor(itemsIn: (place: string) => readonly T[], labelsOf: (item: T) => Labels | undefined, given: ReadonlySet<string> = new Set()) {
    this.#given = given;
    this.#itemsIn = itemsIn;
    this.#labelsOf = (item) => labelsOf(item) ?? {};
  }

  /** What a selector takes in a place. */
  select(place: string, { matchLabels, matchExpressions }: LabelSelector): readonly T[] {
    const indexed = this.#indexed(place);
    const labels = fieldsOf(matchLabels) as Labels;
    let candidates = indexed.items;
    let wanted = 0;
    for (const key in labels) {
      if (this.#given.has(key)) continue;
      wanted++;
      const found = this.#valuesOf(indexed, key).get(labels[key]) ?? [];
      if (found.length < candidates.length) candidates = found;
    }
    const requirements = entriesOf(matchExpressions);
    // the one label is all that was asked for, as it is most often
    if (wanted <= 1 && requirements.length === 0) return candidates;
    const known = { matchLabels: this.#known(labels), matchExpressions: requirements.filter(({ key }) => !this.#given.has(key)) };
    return candidates.filter((item) => matchesLabels(known, this.#labelsOf(item)));
  }

  /** The labels of everything in a place. */
  labelsIn(place: string): readonly Labels[] {
    return this.#indexed(place).items.map(this.#labelsOf);
  }

  /** Those labels whose values are known. */
  #known(labels: Labels): Labels {
    return Object.fromEntries(Object.entries(labels).filter(([key]) => !this.#given.has(key)));
  }

  #indexed(place: string): IndexedPlace<T> {
    const known = this.#places.get(place);
    if (known !== undefined) return known;
    const indexed = { items: this.#itemsIn(place), byLabel: new Map<string, Map<unknown, T[]>>() };
    this.#places.set(place, indexed);
    return indexed;
  }

  #valuesOf({ items, byLabel }: IndexedPlace<T>, key: string): ReadonlyMap<unknown, readonly T[]> {
    const known = byLabel.get(key);
    if (known !== undefined) return known;
    const values = new Map<unknown, T[]>();
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
