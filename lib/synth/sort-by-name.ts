/** A copy in the order of code units: the same on every machine, whatever the order of registration. */
export function sortByName<T>(list: readonly T[], nameOf: (entry: T) => string): T[] {
  return [...list].sort((a, b) => {
    const [left, right] = [nameOf(a), nameOf(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  });
}
