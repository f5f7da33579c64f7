/**
 * Candidates for a name that was not found, nearest first (edit distance, then alphabetical), quoted and joined for a hint.
 *
 * @param wanted - the name that was not found
 * @param known - the names there are
 * @param most - how many to list; @default 5
 * @param farthest - the share of the longer name that may have to change, from 0 to 1; @default 1: all of it
 */
export function nearestNames(wanted: string, known: Iterable<string>, most = 5, farthest = 1): string {
  return [...new Set(known)]
    .map((name) => ({ name, distance: editDistance(wanted, name) }))
    .filter(({ name, distance }) => distance <= farthest * Math.max(wanted.length, name.length))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => `'${name}'`)
    .join(", ");
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
