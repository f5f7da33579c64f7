import { isMap, isNode, isScalar, LineCounter, parseDocument, type Pair } from "yaml";
import { UserError } from "../errors/user-error.ts";
import type { Issue } from "../manifest/issue.ts";
import { ImageReference } from "./image-reference.ts";

/** The id under which everything wrong with pins is reported. */
export const imagePinsRule = "image-pins";

const keyGrammar = /^[a-z][-a-z0-9]*\/[a-z][-a-z0-9]*(:[a-z][-a-z0-9]*)?(@[a-z][-a-z0-9]*)?$/;

/** One line of an `images.yaml`. */
export interface ImagePin {
  /** `<system>/<service>[:<container>][@<track>]`. */
  readonly key: string;
  readonly reference: ImageReference;
  /** 1-based. */
  readonly line: number;
}

/** The pins of one environment, by key, with what is wrong in the file. */
export interface ImagePins {
  /** For messages: `environments/production/images.yaml`. */
  readonly file: string;
  readonly pins: ReadonlyMap<string, ImagePin>;
  /** Keys that stand there without a reference that can be read, `every` where the file is no map: reported already, so not missing too. */
  readonly broken: ReadonlySet<string> | "every";
  readonly issues: readonly Issue[];
}

/** The key of a pin. */
export function pinKey(system: string, service: string, container?: string, track?: string): string {
  return `${system}/${service}${container === undefined ? "" : `:${container}`}${track === undefined ? "" : `@${track}`}`;
}

/**
 * Reads an `images.yaml`: a flat map of pin keys to image references, with comments. All mistakes are collected, each with its line.
 *
 * @param text - the file's content
 * @param file - its path as messages should name it
 */
export function readImagePins(text: string, file: string): ImagePins {
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: "failsafe", lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const pins = new Map<string, ImagePin>();
  const issues: Issue[] = document.errors.map((error) => problem(file, lines.linePos(error.pos[0]).line, `not YAML: ${error.message}`));
  if (issues.length > 0) return { file, pins, broken: "every", issues };
  const broken = new Set<string>();
  if (document.contents === null) return { file, pins, broken, issues };
  if (!isMap(document.contents)) {
    const notMap = problem(file, 1, "the file is not a map of pins", "write one '<system>/<service>: <image>' per line");
    return { file, pins, broken: "every", issues: [notMap] };
  }
  for (const pair of document.contents.items) {
    const read = readPin(pair, file, lines);
    if (!("key" in read)) {
      issues.push(read);
      broken.add(String(pair.key));
      continue;
    }
    // not left to the YAML reader, which compares every key with every other
    const first = pins.get(read.key);
    if (first === undefined) pins.set(read.key, read);
    else issues.push(problem(file, read.line, `the pin of '${read.key}' stands twice, first on line ${first.line}`, "remove one"));
  }
  return { file, pins, broken, issues };
}

function readPin({ key, value }: Pair, file: string, lines: LineCounter): ImagePin | Issue {
  const line = lines.linePos(isNode(key) ? (key.range?.[0] ?? 0) : 0).line;
  if (!isScalar<string>(key) || !keyGrammar.test(key.value)) {
    return problem(
      file,
      line,
      `'${String(key)}' is not a pin's key`,
      "write '<system>/<service>', then ':<container>' or '@<track>' where one is meant",
    );
  }
  if (!isScalar<string>(value) || value.anchor !== undefined || value.value === "") {
    return problem(
      file,
      line,
      `the pin of '${key.value}' is not an image reference`,
      "write the whole reference on the key's line, without an anchor or alias",
    );
  }
  try {
    return { key: key.value, reference: ImageReference.parse(value.value), line };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return problem(file, line, `the pin of '${key.value}': ${error.message}`, error.hint);
  }
}

function problem(file: string, line: number, message: string, hint?: string): Issue {
  return { severity: "error", rule: imagePinsRule, message, position: { file, line }, ...(hint !== undefined && { hint }) };
}
