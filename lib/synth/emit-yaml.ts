import type { KubernetesObject } from "../manifest/manifest.ts";

/** What YAML 1.1 and 1.2 both read as the very same string. */
const plain = /^[A-Za-z/_][A-Za-z0-9_/.@=?&+,-]*(?::[A-Za-z0-9_/.@=?&+,-]+)*$/;

/** Versions (`1.29.3`) and quantities (`250m`, `64Mi`), which no reader takes for a number. */
const plainWithDigits = /^[0-9]+(?:\.[0-9]+){2,}(?:[-+][A-Za-z0-9.-]+)?$|^[0-9]+(?:m|Mi|Gi|Ki|Ti|%|s|ms|h)$/;

/** Booleans, null and numbers of one YAML version or the other; `e1` is a float to the `yaml` package with version 1.1. */
const reserved = /^(?:y|yes|n|no|on|off|true|false|null|nan|inf|infinity|e[-+]?[0-9]+)$/i;

/** What JSON leaves bare and some YAML reader takes for a line break, drops or refuses. */
const bareInJson = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** What keeps a text of several lines out of a literal block: it would not be read back the same. */
const literalHazard = /^[ \t\n]|[ \t](?:\n|$)|[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]/;

/** YAML reads no key before a `:` that is longer than 1024; longer ones are written after a `?`. */
const mostOfKey = 1000;

const mostOfCachedString = 64;
const mostCachedStrings = 20_000;

/** Spellings of the short strings seen so far: a repository says the same few thousand again and again. */
const spellings = new Map<string, string>();

/**
 * Writes an object as YAML that every reader, of version 1.1 or 1.2, reads back the same: block style, two spaces, lists level with their
 * key, keys in the order given, no separator, one newline at the end.
 *
 * @param document - as `normalizeDocument` returns it
 * @throws Error on `null`, `undefined`, a number that is not finite and whatever else YAML has no value for: a bug in a construct
 * @see https://yaml.org/spec/1.2.2/
 */
export function emitYaml(document: KubernetesObject): string {
  const lines: string[] = [];
  writeMap(lines, document, Object.keys(document), "", "");
  lines.push("");
  return lines.join("\n");
}

/** `lead` stands before the first key, `indent` before the others: they differ where a map is an item of a list. */
function writeMap(lines: string[], map: object, keys: readonly string[], lead: string, indent: string): void {
  let before = lead;
  for (const key of keys) {
    const spelling = spell(key);
    if (spelling.length > mostOfKey) lines.push(`${before}? ${spelling}`);
    const label = spelling.length > mostOfKey ? `${indent}:` : `${before}${spelling}:`;
    writeValue(lines, (map as Record<string, unknown>)[key], label, indent, false);
    before = indent;
  }
}

/** `label` is the key with its colon, or the dash of an item; `indent` is the column of the key or the dash. */
function writeValue(lines: string[], value: unknown, label: string, indent: string, isItem: boolean): void {
  switch (typeof value) {
    case "string":
      if (value.includes("\n") && !literalHazard.test(value)) writeLiteral(lines, value, label, indent);
      else lines.push(`${label} ${spell(value)}`);
      return;
    case "number":
      lines.push(`${label} ${spellNumber(value, label)}`);
      return;
    case "boolean":
      lines.push(value ? `${label} true` : `${label} false`);
      return;
    case "object":
      if (value === null) break;
      if (Array.isArray(value)) writeList(lines, value, label, indent, isItem);
      else writeNestedMap(lines, value, label, indent, isItem);
      return;
  }
  throw new Error(`YAML has no value for ${value === null ? "null" : typeof value} at '${label.trim()}'`);
}

function writeList(lines: string[], list: readonly unknown[], label: string, indent: string, isItem: boolean): void {
  if (list.length === 0) {
    lines.push(`${label} []`);
    return;
  }
  // A list in a list begins behind its parent's dash; under a key it begins on the next line, level with the key.
  const column = isItem ? `${indent}  ` : indent;
  let before = isItem ? `${label} ` : indent;
  if (!isItem) lines.push(label);
  for (const item of list) {
    writeValue(lines, item, `${before}-`, column, true);
    before = column;
  }
}

function writeNestedMap(lines: string[], map: object, label: string, indent: string, isItem: boolean): void {
  const keys = Object.keys(map);
  const column = `${indent}  `;
  if (keys.length === 0) lines.push(`${label} {}`);
  else if (isItem) writeMap(lines, map, keys, `${label} `, column);
  else {
    lines.push(label);
    writeMap(lines, map, keys, column, column);
  }
}

function writeLiteral(lines: string[], text: string, label: string, indent: string): void {
  const rows = text.split("\n");
  const ending = rows.at(-1) !== "" ? "|-" : rows.at(-2) === "" ? "|+" : "|";
  if (ending !== "|-") rows.pop();
  lines.push(`${label} ${ending}`);
  for (const row of rows) lines.push(row === "" ? "" : `${indent}  ${row}`);
}

function spell(text: string): string {
  if (text.length > mostOfCachedString) return spellAnew(text);
  let spelling = spellings.get(text);
  if (spelling === undefined) {
    if (spellings.size >= mostCachedStrings) spellings.clear();
    spelling = spellAnew(text);
    spellings.set(text, spelling);
  }
  return spelling;
}

function spellAnew(text: string): string {
  if ((plain.test(text) && !reserved.test(text)) || plainWithDigits.test(text)) return text;
  return JSON.stringify(text).replace(bareInJson, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function spellNumber(value: number, label: string): string {
  if (!Number.isFinite(value)) throw new Error(`YAML has no portable value for ${value} at '${label.trim()}'`);
  const digits = String(value);
  // YAML 1.1 takes `1e+21` for a string: its floats have a dot.
  return digits.includes("e") && !digits.includes(".") ? digits.replace("e", ".0e") : digits;
}
