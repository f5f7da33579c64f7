/**
 * Lays a change over props: plain objects key by key at every depth; lists, scalars and values are replaced whole; what is left out stays;
 * `undefined` takes the key away, so that the construct's default holds again. Neither argument is altered.
 */
export function applyChange<T extends object>(props: T, change: object): T {
  const result = { ...props } as Record<string, unknown>;
  for (const [key, changed] of Object.entries(change) as [string, unknown][]) {
    const before = Object.hasOwn(result, key) ? result[key] : undefined;
    if (changed === undefined) Reflect.deleteProperty(result, key);
    else setOwn(result, key, isPlainObject(changed) ? applyChange(isPlainObject(before) ? before : {}, changed) : changed);
  }
  return result as T;
}

/** Also for the one key that an assignment would take for something else. */
function setOwn(map: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  else map[key] = value;
}

/** A value (a class instance) is not plain: that is what makes it replaced whole. */
function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
