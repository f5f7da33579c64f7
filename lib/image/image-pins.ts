import { type FlatFile, type FlatFileGrammar, readFlatFile } from "../manifest/flat-file.ts";
import type { Issue } from "../manifest/issue.ts";
import { ImageReference } from "./image-reference.ts";

/** The id under which everything wrong with pins is reported. */
export const imagePinsRule = "image-pins";

const grammar: FlatFileGrammar<ImageReference> = {
  rule: imagePinsRule,
  key: /^[a-z][-a-z0-9]*\/[a-z][-a-z0-9]*(:[a-z][-a-z0-9]*)?(@[a-z][-a-z0-9]*)?$/,
  keyTitle: "a pin's key",
  keyHint: "write '<system>/<service>', then ':<container>' or '@<track>' where one is meant",
  map: "pins",
  form: "<system>/<service>: <image>",
  entry: "the pin of",
  value: "an image reference",
  valueHint: "write the whole reference on the key's line, without an anchor or alias",
  parse: (text) => ImageReference.parse(text),
};

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
  readonly broken: FlatFile<ImageReference>["broken"];
  readonly issues: readonly Issue[];
}

/** Where the pins of an environment are kept, from the project's root. */
export function imagePinsFile(environment: string): string {
  return `environments/${environment}/images.yaml`;
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
  const { entries, broken, issues } = readFlatFile(text, file, grammar);
  const pins = new Map([...entries.values()].map(({ key, value: reference, line }) => [key, { key, reference, line }]));
  return { file, pins, broken, issues };
}
