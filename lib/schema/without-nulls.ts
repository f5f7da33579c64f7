/** The same value without fields that are null, at every depth; itself where there are none. */
export function withoutNulls<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    const kept = items.map(withoutNulls);
    return kept.some((item, index) => item !== items[index]) ? (kept as T) : value;
  }
  const fields = Object.entries(value) as [string, unknown][];
  const kept = fields.filter(([, field]) => field !== null).map(([name, field]) => [name, withoutNulls(field)] as const);
  const changed = kept.length < fields.length || kept.some(([name, field]) => field !== (value as Record<string, unknown>)[name]);
  return changed ? (Object.fromEntries(kept) as T) : value;
}
