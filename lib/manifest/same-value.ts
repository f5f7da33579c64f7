/** Whether two pieces of documents say the same, in whatever order their keys stand. */
export function sameValue(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [mine, theirs] = [left as Readonly<Record<string, unknown>>, right as Readonly<Record<string, unknown>>];
  const keys = Object.keys(mine);
  return keys.length === Object.keys(theirs).length && keys.every((key) => Object.hasOwn(theirs, key) && sameValue(mine[key], theirs[key]));
}
