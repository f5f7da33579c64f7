import { isMap, isScalar, type Pair, parseDocument } from "yaml";
import { UserError } from "../errors/user-error.ts";
import { yamlMistake } from "../manifest/yaml-mistake.ts";

/** What a new file starts with. */
const header = "# written by `keelson seal`, one ciphertext a line; only the cluster's controller can open them\n";

/**
 * Puts a ciphertext on the line of its key, or on a line of its own behind the keys that come before it; no other byte changes.
 *
 * @param text - the file's content; `undefined` where there is none yet
 * @param file - its path as messages should name it
 * @throws UserError when the file is no map, or the key stands there twice
 */
export function writeSealedValue(text: string | undefined, file: string, key: string, ciphertext: string): string {
  const before = text ?? header;
  const pairs = pairsOf(before, file);
  const own = pairs.filter((pair) => keyOf(pair) === key);
  if (own.length > 1) throw new UserError(`'${key}' stands twice in ${file}`, { hint: "remove one" });
  const [pair] = own;
  if (pair !== undefined) return replaced(before, pair, key, ciphertext);
  const newline = before.includes("\r\n") ? "\r\n" : "\n";
  const line = `${key}: ${ciphertext}${newline}`;
  const previous = pairs.filter((other) => keyOf(other) < key).at(-1);
  const place = previous === undefined ? before.length : endOfLine(before, endOf(previous));
  const gap = place > 0 && !before.slice(0, place).endsWith("\n") && before.slice(0, place) !== "\ufeff" ? newline : "";
  return before.slice(0, place) + gap + line + before.slice(place);
}

function pairsOf(text: string, file: string): readonly Pair[] {
  const { contents, errors } = parseDocument(text, { schema: "failsafe", prettyErrors: false, uniqueKeys: false });
  const [error] = errors;
  if (error !== undefined) throw new UserError(`${file} is not YAML: ${yamlMistake(error.message)}`, { hint: "mend it first" });
  if (contents === null) return [];
  if (!isMap(contents) || contents.flow === true) {
    throw new UserError(`${file} is not a map of one ciphertext a line`, { hint: "mend it first" });
  }
  return contents.items;
}

function keyOf({ key }: Pair): string {
  return isScalar<string>(key) ? key.value : "";
}

function replaced(text: string, { key: keyNode, value }: Pair, key: string, ciphertext: string): string {
  if (isScalar(value) && value.range != null && value.source !== "") {
    const [start, end] = value.range;
    // a block ends with its line
    return `${text.slice(0, start)}${ciphertext}${text.slice(start, end).endsWith("\n") ? "\n" : ""}${text.slice(end)}`;
  }
  if (value !== null && !isScalar(value)) throw new UserError(`the ciphertext of '${key}' is no text`, { hint: "remove the line first" });
  const colon = text.indexOf(":", isScalar(keyNode) ? keyNode.range?.[1] : 0) + 1;
  return `${text.slice(0, colon)} ${ciphertext}${text.slice(colon)}`;
}

function endOf({ key, value }: Pair): number {
  const range = isScalar(value) && value.range != null ? value.range : isScalar(key) ? key.range : undefined;
  return range?.[1] ?? 0;
}

/** Behind the line's end, comment included. */
function endOfLine(text: string, from: number): number {
  const start = text.startsWith("\n", from - 1) ? from - 1 : from;
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end + 1;
}
