/**
 * Lays a change over props: plain objects key by key at every depth; lists, scalars and values are replaced whole; what is left out stays;
 * `undefined` takes the key away, so that the construct's default holds again. Neither argument is altered.
 */
export function applyChange<T extends object>(props: T, change: object): T {
  const entries = new Map<string, unknown>(Object.entries(props));
  for (const [key, changed] of Object.entries(change) as [string, unknown][]) {
    if (changed === undefined) {
      entries.delete(key);
      continue;
    }
    const before = entries.get(key);
    entries.set(key, isPlainObject(changed) ? applyChange(isPlainObject(before) ? before : {}, changed) : changed);
  }
  return Object.fromEntries(entries) as T;
}

/** A value (a class instance) is not plain: that is what makes it replaced whole. */
function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
