/**
 * Tolerant reading of data that somebody else wrote: what is absent, or is not what was asked for, reads as `undefined`, `false` or an
 * empty list.
 */
export class Fields {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(value: unknown) {
    this.#fields = isRecord(value) ? value : {};
  }

  /** A text that says something: Go writes an absent one as "". */
  text(name: string): string | undefined {
    const value = this.#fields[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  }

  /** The texts of a list. */
  texts(name: string): string[] {
    const value = this.#fields[name];
    return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
  }

  count(name: string): number | undefined {
    const value = this.#fields[name];
    return typeof value === "number" ? value : undefined;
  }

  /** @param absent - how a field that is absent, or neither true nor false, reads; `false` unless given */
  flag(name: string, absent = false): boolean {
    const value = this.#fields[name];
    return typeof value === "boolean" ? value : absent;
  }

  /** Whether there is an object of this name, be it empty. */
  has(name: string): boolean {
    return isRecord(this.#fields[name]);
  }

  at(name: string): Fields {
    return new Fields(this.#fields[name]);
  }

  each(name: string): Fields[] {
    const value = this.#fields[name];
    return Array.isArray(value) ? value.map((item) => new Fields(item)) : [];
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
