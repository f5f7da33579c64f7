/**
 * Whether a document says something at a path.
 *
 * @param path - the names of fields; `[]` behind one stands for every entry of its list: `["spec", "data[]", "remoteRef"]`
 */
export function saysAt(value: unknown, [first, ...rest]: readonly string[]): boolean {
  if (first === undefined) return value !== undefined;
  if (typeof value !== "object" || value === null) return false;
  const isList = first.endsWith("[]");
  const found = (value as Readonly<Record<string, unknown>>)[isList ? first.slice(0, -2) : first];
  if (!isList) return saysAt(found, rest);
  return Array.isArray(found) && found.some((entry) => saysAt(entry, rest));
}
