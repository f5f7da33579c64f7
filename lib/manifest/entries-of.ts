const none: readonly never[] = [];

/** The objects of a list in a document; none where there is no list, since documents may come from anywhere. */
export function entriesOf<T extends object>(value: readonly T[] | readonly object[] | null | undefined): readonly T[] {
  if (!Array.isArray(value)) return none;
  const list: readonly unknown[] = value;
  // most often everything is: nothing is made for it
  for (const entry of list) if (!isEntry(entry)) return list.filter(isEntry) as T[];
  return value as readonly T[];
}

/** The texts of a list in a document; none where there is no list. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : none;
}

function isEntry(entry: unknown): entry is object {
  return typeof entry === "object" && entry !== null;
}
