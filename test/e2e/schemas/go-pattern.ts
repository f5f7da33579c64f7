/**
 * A regular expression of Go as JavaScript reads it: `(?i)` becomes letters in both cases, up to the end of its group.
 *
 * @see https://pkg.go.dev/regexp/syntax
 */
export function goPattern(pattern: string): string {
  let result = "";
  let inClass = false;
  /** For every open group, whether its letters count in both cases. */
  const folds = [false];
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern.charAt(index);
    const fold = folds.at(-1) === true;
    if (char === "\\") result += char + pattern.charAt(++index);
    else if (pattern.startsWith("(?i)", index)) {
      folds[folds.length - 1] = true;
      index += 3;
    } else if (fold && /[a-z]/i.test(char)) {
      const both = `${char.toLowerCase()}${char.toUpperCase()}`;
      result += inClass ? both : `[${both}]`;
    } else {
      if (char === "[") inClass = true;
      else if (char === "]") inClass = false;
      else if (char === "(" && !inClass) folds.push(fold);
      else if (char === ")" && !inClass) folds.pop();
      result += char;
    }
  }
  return result;
}
