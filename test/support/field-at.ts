/**
 * What stands at a path of an object, `spec.ports.0.name`; `undefined` where nothing does.
 *
 * @param keys - further keys, which may hold dots: those of labels and annotations
 */
export function fieldAt(object: unknown, path: string, ...keys: string[]): unknown {
  let value = object;
  for (const key of [...path.split("."), ...keys]) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
