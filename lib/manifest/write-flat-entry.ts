import { isCollection, isMap, isScalar, type Pair, parseDocument } from "yaml";
import { UserError } from "../errors/user-error.ts";
import { yamlMistake } from "./yaml-mistake.ts";

/** A file of one line a key, for whoever writes into it. */
export interface WrittenFlatFile {
  /** Its path as messages should name it. */
  readonly file: string;
  /** What a line holds: `ciphertext`. */
  readonly holds: string;
  /** What stands on a line, before its key: `the ciphertext of`. */
  readonly entry: string;
  /**
   * Whether a comment right above the first key speaks of the file, so that a key that comes before it goes between them: else it goes to the end, and
   * parts no comment from what it speaks of.
   * @default false
   */
  readonly titled?: boolean;
  /** Whether values are maps, each on its key's line. @default they are text */
  readonly maps?: boolean;
}

/** Keys that need no quotes. */
const plainKey = /^[A-Za-z][\w./:@-]*$/;

/**
 * Puts a value on the line of its key, or on a line of its own behind the keys that come before it, or takes the line away; no other byte changes.
 *
 * @param text - the file's content
 * @param value - in YAML, on one line; `undefined` takes the line away, its comment with it
 * @throws UserError when the file is no map, or the key stands there twice
 */
export function writeFlatEntry(text: string, key: string, value: string | undefined, written: WrittenFlatFile): string {
  const pairs = pairsOf(text, written);
  const own = pairs.filter((pair) => keyOf(pair) === key);
  if (own.length > 1) throw new UserError(`'${key}' stands twice in ${written.file}`, { hint: "remove one" });
  const [pair] = own;
  if (value === undefined) return pair === undefined ? text : removed(text, pair);
  return pair === undefined ? added(text, pairs, key, value, written) : replaced(text, pair, key, value, written);
}

function pairsOf(text: string, { file, holds }: WrittenFlatFile): readonly Pair[] {
  const { contents, errors } = parseDocument(text, { schema: "failsafe", prettyErrors: false, uniqueKeys: false });
  const [error] = errors;
  if (error !== undefined) throw new UserError(`${file} is not YAML: ${yamlMistake(error.message)}`, { hint: "mend it first" });
  if (contents === null || (isScalar(contents) && contents.source === "")) return [];
  if (!isMap(contents) || contents.flow === true) {
    throw new UserError(`${file} is not a map of one ${holds} a line`, { hint: "mend it first" });
  }
  return contents.items;
}

function keyOf({ key }: Pair): string {
  return isScalar<string>(key) ? key.value : "";
}

function replaced(text: string, { key: keyNode, value: node }: Pair, key: string, value: string, written: WrittenFlatFile): string {
  const { entry, maps = false } = written;
  if (((isScalar(node) && node.source !== "") || (maps && isMap(node) && node.flow === true)) && node.range != null) {
    const [start, end] = node.range;
    // a block ends with its line
    return `${text.slice(0, start)}${value}${text.slice(start, end).endsWith("\n") ? "\n" : ""}${text.slice(end)}`;
  }
  if (node !== null && !isScalar(node))
    throw new UserError(`${entry} '${key}' is ${maps ? "not on one line" : "no text"}`, { hint: "remove the line first" });
  const colon = text.indexOf(":", isScalar(keyNode) ? keyNode.range?.[1] : 0) + 1;
  return `${text.slice(0, colon)} ${value}${text.slice(colon)}`;
}

function added(text: string, pairs: readonly Pair[], key: string, value: string, { titled = false }: WrittenFlatFile): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const [first] = pairs;
  const line = `${plainKey.test(key) ? key : JSON.stringify(key)}: ${value}${newline}`;
  const previous = pairs.filter((other) => keyOf(other) < key).at(-1);
  const place =
    previous !== undefined ? endOfLine(text, endOf(previous)) : first !== undefined && titled ? startOfLine(text, first) : text.length;
  // all keys of a map begin in one column
  const indent = first === undefined ? "" : text.slice(startOfLine(text, first), startOf(first));
  const gap = place > 0 && !text.slice(0, place).endsWith("\n") && text.slice(0, place) !== "\ufeff" ? newline : "";
  return `${text.slice(0, place)}${gap}${/^ *$/.test(indent) ? indent : ""}${line}${text.slice(place)}`;
}

function removed(text: string, pair: Pair): string {
  return text.slice(0, startOfLine(text, pair)) + text.slice(endOfLine(text, endOf(pair)));
}

function startOf({ key }: Pair): number {
  return isScalar(key) ? (key.range?.[0] ?? 0) : 0;
}

function endOf({ key, value }: Pair): number {
  const range = (isScalar(value) || isCollection(value)) && value.range != null ? value.range : isScalar(key) ? key.range : undefined;
  return range?.[1] ?? 0;
}

function startOfLine(text: string, pair: Pair): number {
  const start = text.lastIndexOf("\n", startOf(pair) - 1) + 1;
  return start === 0 && text.startsWith("\ufeff") ? 1 : start;
}

/** Behind the line's end, comment included. */
function endOfLine(text: string, from: number): number {
  const start = text.startsWith("\n", from - 1) ? from - 1 : from;
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end + 1;
}
