import { isMap, isScalar, LineCounter, parseDocument, type Pair } from "yaml";
import { UserError } from "../errors/user-error.ts";
import type { Issue } from "./issue.ts";
import { yamlMistake } from "./yaml-mistake.ts";

/** A key and a value that mean to YAML what they are: nothing in them begins a quotation, a list, a reference or a comment. */
const plainLine = /^([A-Za-z][\w./-]*): ([A-Za-z0-9](?:[\w./:@+=-]*[\w/+=-])?)$/;
const comment = /^#[ -~]*$/;

/** What a file of one line a key holds, in the words of its messages. */
export interface FlatFileGrammar<T> {
  /** The id under which everything wrong with it is reported. */
  readonly rule: string;
  /** What its keys may be. */
  readonly key: RegExp;
  /** `a pin's key`. */
  readonly keyTitle: string;
  readonly keyHint: string;
  /** What the file is a map of: `pins`. */
  readonly map: string;
  /** A line: `<system>/<service>: <image>`. */
  readonly form: string;
  /** What stands on a line, before its key: `the pin of`. */
  readonly entry: string;
  /** What its value must be: `an image reference`. */
  readonly value: string;
  readonly valueHint: string;
  /** Reads a value. @throws UserError when it cannot be used */
  readonly parse: (text: string) => T;
}

/** A line. */
export interface FlatFileEntry<T> {
  readonly key: string;
  readonly value: T;
  /** 1-based. */
  readonly line: number;
}

/** What was read. */
export interface FlatFile<T> {
  /** For messages: `environments/production/images.yaml`. */
  readonly file: string;
  readonly entries: ReadonlyMap<string, FlatFileEntry<T>>;
  /** Keys that stand there without a value that can be read, `every` where the file is no map: reported already, so not missing too. */
  readonly broken: ReadonlySet<string> | "every";
  readonly issues: readonly Issue[];
}

/**
 * Reads a flat map in YAML, which programs write and people may comment. All mistakes are collected, each with its line.
 *
 * @param text - the file's content
 * @param file - its path as messages should name it
 */
export function readFlatFile<T>(text: string, file: string, grammar: FlatFileGrammar<T>): FlatFile<T> {
  const { rule, map, form, entry } = grammar;
  const entries = new Map<string, FlatFileEntry<T>>();
  const broken = new Set<string>();
  const problem = (line: number, { message, hint }: Problem): Issue => ({
    severity: "error",
    rule,
    message,
    position: { file, line },
    ...(hint !== undefined && { hint }),
  });
  const take = (line: number, key: string, read: FlatFileEntry<T> | Problem): void => {
    if (!("key" in read)) {
      issues.push(problem(line, read));
      broken.add(key);
      return;
    }
    // not left to the YAML reader, which compares every key with every other
    const first = entries.get(key);
    if (first === undefined) entries.set(key, read);
    else issues.push(problem(line, { message: `${entry} '${key}' stands twice, first on line ${first.line}`, hint: "remove one" }));
  };
  const issues: Issue[] = [];
  const plain = plainLines(text, grammar.key);
  if (plain !== undefined) {
    for (const { line, key, value } of plain) take(line, key, parseEntry({ line, key, value }, grammar));
    return { file, entries, broken, issues };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: "failsafe", lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const hint = `write one '${form}' per line`;
  for (const { pos, message } of document.errors) {
    issues.push(
      problem(lines.linePos(pos[0]).line, { message: `not YAML: ${yamlMistake(message)}`, hint: `${hint}, with a space behind the colon` }),
    );
  }
  if (issues.length > 0) return { file, entries, broken: "every", issues };
  if (document.contents === null) return { file, entries, broken, issues };
  if (!isMap(document.contents)) {
    const notMap = problem(1, { message: `the file is not a map of ${map}`, hint });
    return { file, entries, broken: "every", issues: [notMap] };
  }
  for (const pair of document.contents.items) {
    const line = lines.linePos(pair.key.range[0]).line;
    take(line, String(pair.key), readEntry(pair, line, grammar));
  }
  return { file, entries, broken, issues };
}

interface Problem {
  readonly message: string;
  readonly hint?: string | undefined;
}

function readEntry<T>({ key, value }: Pair, line: number, grammar: FlatFileGrammar<T>): FlatFileEntry<T> | Problem {
  if (!isScalar<string>(key) || !grammar.key.test(key.value)) {
    return { message: `'${String(key)}' is not ${grammar.keyTitle}`, hint: grammar.keyHint };
  }
  const entry = `${grammar.entry} '${key.value}'`;
  if (!isScalar<string>(value) || value.anchor !== undefined || value.value === "") {
    return { message: `${entry} is not ${grammar.value}`, hint: grammar.valueHint };
  }
  return parseEntry({ line, key: key.value, value: value.value }, grammar);
}

function parseEntry<T>({ line, key, value }: FlatFileEntry<string>, grammar: FlatFileGrammar<T>): FlatFileEntry<T> | Problem {
  try {
    return { key, value: grammar.parse(value), line };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { message: `${grammar.entry} '${key}': ${error.message}`, hint: error.hint };
  }
}

/** The lines of a file as programs write it, which needs no YAML reader; `undefined` where a single one is anything else. */
function plainLines(text: string, keys: RegExp): readonly FlatFileEntry<string>[] | undefined {
  const entries: FlatFileEntry<string>[] = [];
  let line = 0;
  for (const written of text.split("\n")) {
    line++;
    if (written === "" || comment.test(written)) continue;
    const [, key, value] = plainLine.exec(written) ?? [];
    if (key === undefined || value === undefined || !keys.test(key)) return undefined;
    entries.push({ line, key, value });
  }
  return entries;
}
