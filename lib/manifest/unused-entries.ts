import { nearestNames } from "../errors/nearest-names.ts";
import type { FlatFile } from "./flat-file.ts";
import type { Issue } from "./issue.ts";

/** What is said of a line that nothing uses. */
export interface UnusedEntryWords {
  readonly rule: string;
  readonly environment: string;
  /** What stands on a line, before its key: `the pin of`. */
  readonly entry: string;
  /** What to do where nothing at all is used: `remove the line`. */
  readonly remedy: string;
  /** What to do about a line that would be used if another did not go first. */
  readonly shadowed?: (key: string) => string | undefined;
}

/** An issue for every line of a file that nothing in the environment takes. */
export function unusedEntries(
  {
    file,
    entries,
  }: Pick<FlatFile<unknown>, "file"> & { readonly entries: ReadonlyMap<string, { readonly key: string; readonly line: number }> },
  taken: ReadonlySet<string>,
  { rule, environment, entry, remedy, shadowed }: UnusedEntryWords,
): Issue[] {
  return [...entries.values()]
    .filter(({ key }) => !taken.has(key))
    .map(({ key, line }) => ({
      severity: "error",
      rule,
      message: `${entry} '${key}' in '${environment}' is used by nothing`,
      hint:
        shadowed?.(key) ??
        (taken.size === 0 ? remedy : `remove the line, or mend the key; the nearest that are used: ${nearestNames(key, taken, 3)}`),
      position: { file, line },
    }));
}
