/** The width that prettier keeps to in this project. */
export const lineWidth = 140;

/** An expression of TypeScript: as it stands, a list, or an object, which `open` keeps on lines of its own even where one would hold it. */
export type Code = string | readonly Code[] | { readonly object: Readonly<Record<string, Code | undefined>>; readonly open?: boolean };

/**
 * Writes an expression as prettier would: on one line where it fits, else an element a line.
 *
 * @param before - what stands before it on its first line
 * @param after - what stands behind it on its last
 * @param indent - of the line that it starts on
 */
export function layOut(before: string, code: Code, after: string, indent = ""): string {
  const flat = `${indent}${before}${onOneLine(code)}${after}`;
  if (typeof code === "string" || (!isOpen(code) && flat.length <= lineWidth)) return flat;
  const [open, close] = isList(code) ? ["[", "]"] : ["{", "}"];
  const inner = `${indent}  `;
  const lines = isList(code)
    ? code.map((element) => layOut("", element, ",", inner))
    : entriesOf(code).map(([key, value]) => layOut(`${keyOf(key)}: `, value, ",", inner));
  return [`${indent}${before}${open}`, ...lines, `${indent}${close}${after}`].join("\n");
}

/** A text as TypeScript writes it. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

function onOneLine(code: Code): string {
  if (typeof code === "string") return code;
  if (isList(code)) return `[${code.map(onOneLine).join(", ")}]`;
  const entries = entriesOf(code).map(([key, value]) => `${keyOf(key)}: ${onOneLine(value)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

function isOpen(code: Exclude<Code, string>): boolean {
  return !isList(code) && code.open === true;
}

function isList(code: Exclude<Code, string>): code is readonly Code[] {
  return Array.isArray(code);
}

function entriesOf({ object }: Extract<Code, { readonly object: unknown }>): [string, Code][] {
  return Object.entries(object).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as [string, Code]]));
}

function keyOf(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}
