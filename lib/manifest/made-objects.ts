/** The keys of a Secret or ConfigMap, or that only the cluster will know them. */
export type KnownKeys = ReadonlySet<string> | "unknown";

/** The Secrets, or the ConfigMaps, that will be in each place, with their keys as far as they are known. */
export class MadeObjects {
  readonly #byPlace = new Map<string, Map<string, KnownKeys>>();
  readonly #everywhere: ReadonlyMap<string, KnownKeys>;

  /** @param everywhere - what the cluster itself puts into every namespace, by name */
  constructor(everywhere: ReadonlyMap<string, KnownKeys> = new Map()) {
    this.#everywhere = everywhere;
  }

  /** The keys of an object, or `undefined` where nothing makes it. */
  keysOf(place: string, name: string): KnownKeys | undefined {
    return this.#byPlace.get(place)?.get(name) ?? this.#everywhere.get(name);
  }

  /** The names of what is made in a place. */
  namesIn(place: string): Iterable<string> {
    return this.#byPlace.get(place)?.keys() ?? [];
  }

  /** Takes up an object; the keys of two makers of one object are joined. */
  add(place: string, name: string, keys: Iterable<string> | "unknown"): void {
    let names = this.#byPlace.get(place);
    if (names === undefined) {
      names = new Map();
      this.#byPlace.set(place, names);
    }
    const known = names.get(name) ?? [];
    names.set(name, keys === "unknown" || known === "unknown" ? "unknown" : new Set([...known, ...keys]));
  }
}
