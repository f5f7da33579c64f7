import { UserError } from "../errors/user-error.ts";
import { type FlatFile, type FlatFileGrammar, readFlatFile } from "../manifest/flat-file.ts";
import { sealedCiphertextProblem } from "../manifest/sealed-ciphertext.ts";

/** The id under which everything wrong with ciphertexts is reported. */
export const sealedSecretsRule = "sealed-secrets";

/** Ciphertexts of one environment, by key: `<system>/<secret>/<key>`, and `@<cluster>` behind it where a cluster has one of its own. */
export interface SealedValues extends FlatFile<string> {
  /** Whether the file is there; `keelson seal` makes it with the first ciphertext. */
  readonly there: boolean;
}

const grammar: FlatFileGrammar<string> = {
  rule: sealedSecretsRule,
  key: /^[a-z][-a-z0-9]*\/[a-z0-9][-.a-z0-9]*\/[-._a-zA-Z0-9]+(@[a-z][-a-z0-9]*)?$/,
  keyTitle: "the key of a sealed value",
  keyHint: "write '<system>/<secret>/<key>', then '@<cluster>' where one is meant",
  map: "ciphertexts",
  form: "<system>/<secret>/<key>: <ciphertext>",
  entry: "the ciphertext of",
  value: "a ciphertext",
  valueHint: "write it on the key's line, by `keelson seal`",
  parse: (text) => {
    const problem = sealedCiphertextProblem(text);
    // never shown: what was not sealed stands there in the clear
    if (problem !== undefined)
      throw new UserError(`it ${problem}`, { hint: "write it by `keelson seal`; what was committed in the clear is no secret any more" });
    return text;
  },
};

/** The key of a sealed value. */
export function sealedKey(system: string, secret: string, key: string, cluster?: string): string {
  return `${system}/${secret}/${key}${cluster === undefined ? "" : `@${cluster}`}`;
}

/** The file that holds an environment's ciphertexts, from the project's folder. */
export function sealedValuesFile(environment: string): string {
  return `environments/${environment}/sealed-secrets.yaml`;
}

/**
 * Reads a `sealed-secrets.yaml`: a flat map of keys to ciphertexts, with comments. All mistakes are collected, each with its line.
 *
 * @param text - the file's content; `undefined` where there is none yet
 * @param file - its path as messages should name it
 */
export function readSealedValues(text: string | undefined, file: string): SealedValues {
  return { ...readFlatFile(text ?? "", file, grammar), there: text !== undefined };
}
