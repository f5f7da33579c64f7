/** Tells spreadsheets that the text is UTF-8. */
const byteOrderMark = "\ufeff";

/** What a cell of a formula begins with, in wide letters too, whatever space stands before. */
const formula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/**
 * A table as spreadsheets read it: commas, lines that end as RFC 4180 has it, quotes where they are needed. What a spreadsheet would take for
 * a formula gets an apostrophe in front.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvText(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  return byteOrderMark + [heading, ...rows].map((row) => `${row.map(cellText).join(",")}\r\n`).join("");
}

function cellText(cell: string): string {
  const text = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
