/** Says what is wrong with a value, to be read after its path: `must be a port, 1 to 65535`; nothing where all is well, or where the type is wrong. */
export type FieldCheck = (value: unknown) => string | undefined;

/**
 * Checks by path: `spec.ports[].port` is every item's `port`, `*` every field of a map, `""` the object itself. A table in place of a check holds the
 * paths below.
 */
export interface FieldTable {
  readonly [path: string]: FieldRule | readonly FieldRule[];
}

/** What is asked of one place. */
export type FieldRule = FieldCheck | FieldTable;

/** A field that a check has something against. */
export interface FieldComplaint {
  readonly path: readonly (string | number)[];
  readonly complaint: string;
  readonly value: unknown;
}

/** What is visited of an object: a table, taken apart once. */
export class FieldTree {
  readonly #checks: FieldCheck[] = [];
  readonly #fields = new Map<string, FieldTree>();
  #items: FieldTree | undefined;
  #values: FieldTree | undefined;

  constructor(...tables: readonly FieldTable[]) {
    for (const table of tables) this.#add(table);
  }

  /** Whether nothing is wrong below a value. Most objects are fine, and this is a shorter walk than {@link visit}: it goes by the fields that there are. */
  accepts(value: unknown): boolean {
    if (value === undefined || value === null) return true;
    for (const check of this.#checks) if (check(value) !== undefined) return false;
    if (Array.isArray(value)) return this.#acceptsItems(value);
    return typeof value !== "object" || this.#acceptsFields(value as Readonly<Record<string, unknown>>);
  }

  /** Hands on everything that is wrong below a value; only fields that the table names are looked at. */
  visit(value: unknown, path: (string | number)[], report: (complaint: FieldComplaint) => void): void {
    // null is no value to an API server, nor is an empty string where it may be left out
    if (value === undefined || value === null) return;
    for (const check of this.#checks) {
      const complaint = check(value);
      if (complaint !== undefined) report({ path: [...path], complaint, value });
    }
    if (typeof value !== "object") return;
    if (Array.isArray(value)) {
      if (this.#items !== undefined)
        for (let index = 0; index < value.length; index++) step(this.#items, value[index], index, path, report);
      return;
    }
    const fields = value as Readonly<Record<string, unknown>>;
    for (const [name, tree] of this.#fields) if (fields[name] !== undefined) step(tree, fields[name], name, path, report);
    if (this.#values !== undefined) for (const name of Object.keys(fields)) step(this.#values, fields[name], name, path, report);
  }

  #acceptsItems(list: readonly unknown[]): boolean {
    if (this.#items !== undefined) for (const item of list) if (!this.#items.accepts(item)) return false;
    return true;
  }

  #acceptsFields(fields: Readonly<Record<string, unknown>>): boolean {
    if (this.#fields.size === 0 && this.#values === undefined) return true;
    for (const name in fields) {
      if (this.#fields.get(name)?.accepts(fields[name]) === false || this.#values?.accepts(fields[name]) === false) return false;
    }
    return true;
  }

  #add(table: FieldTable): void {
    for (const [path, entry] of Object.entries(table)) {
      const tree = path.split(".").reduce<FieldTree>((parent, name) => parent.#child(name), this);
      for (const rule of [entry].flat() as readonly FieldRule[]) {
        if (typeof rule === "function") tree.#checks.push(rule);
        else tree.#add(rule);
      }
    }
  }

  #child(name: string): FieldTree {
    if (name === "") return this;
    if (name.endsWith("[]")) return (this.#child(name.slice(0, -2)).#items ??= new FieldTree());
    if (name === "*") return (this.#values ??= new FieldTree());
    const known = this.#fields.get(name) ?? new FieldTree();
    this.#fields.set(name, known);
    return known;
  }
}

function step(
  tree: FieldTree,
  value: unknown,
  name: string | number,
  path: (string | number)[],
  report: (complaint: FieldComplaint) => void,
): void {
  path.push(name);
  tree.visit(value, path, report);
  path.pop();
}
