/** The values that stand in a list more than once, each once; what is `undefined` does not count. */
export function repeated<T>(list: readonly T[], valueOf: (entry: T) => string | undefined): readonly string[] {
  if (list.length < 2) return [];
  const twice = new Set<string>();
  const seen = new Set<string>();
  for (const entry of list) {
    const value = valueOf(entry);
    if (value === undefined) continue;
    if (seen.has(value)) twice.add(value);
    seen.add(value);
  }
  return twice.size === 0 ? [] : [...twice];
}
