/** A document that a mutation changes in place. */
export type Draft = Record<string, unknown>;

/** The value at a JSON pointer (`/spec/replicas`), or `undefined`. @see https://www.rfc-editor.org/rfc/rfc6901 */
export function get(draft: unknown, pointer: string): unknown {
  return steps(pointer).reduce<unknown>((value, step) => (isObject(value) ? value[step] : undefined), draft);
}

/** Sets the value at a pointer, and makes the maps above it. */
export function set(draft: Draft, pointer: string, value: unknown): void {
  const path = steps(pointer);
  const last = path.pop() ?? "";
  let node = draft;
  for (const step of path) {
    if (!isObject(node[step])) node[step] = {};
    node = node[step] as Draft;
  }
  node[last] = value;
}

/** Takes away what is at a pointer; `false` where there is nothing. */
export function remove(draft: Draft, pointer: string): boolean {
  const end = pointer.lastIndexOf("/");
  const parent = get(draft, pointer.slice(0, end));
  const [key = ""] = steps(pointer.slice(end));
  if (!isObject(parent) || parent[key] === undefined) return false;
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
  return true;
}

/** Replaces the value at a pointer by what `change` makes of it; `false` where there is nothing, or `change` makes nothing of it. */
export function change<T>(draft: Draft, pointer: string, isOne: (value: unknown) => value is T, by: (value: T) => unknown): boolean {
  const value = get(draft, pointer);
  if (!isOne(value)) return false;
  const changed = by(value);
  if (changed === undefined) return false;
  set(draft, pointer, changed);
  return true;
}

/** The pointers of the items of a list, or of the entries of a map. */
export function below(draft: unknown, pointer: string): string[] {
  const value = get(draft, pointer);
  return isObject(value) ? Object.keys(value).map((key) => `${pointer}/${escaped(key)}`) : [];
}

/** A key as a pointer holds it. */
export function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

export function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

export function isObject(value: unknown): value is Draft {
  return typeof value === "object" && value !== null;
}

function steps(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
