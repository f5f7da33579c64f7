/** Characters that are allowed in JSON, but that YAML takes for the end of a line, or for not printable. */
const unprintable = /[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/g;

/** A text as a scalar of YAML in double quotes, on one line: blanks and ends of lines become one blank. */
export function quotedLine(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return JSON.stringify(line).replaceAll(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
