import type { CallSite } from "../definition/source-location.ts";
import type { Manifest } from "./manifest.ts";

/** Something that a rule found in the rendered whole. An `error` stops `synth` before anything is written. */
export interface Issue {
  readonly severity: "error" | "warning";
  /** The rule's id, also its page under `docs/rules/`. */
  readonly rule: string;
  /** The thing in quotes, what is wrong; lower case, no final period. */
  readonly message: string;
  /** What to do next. */
  readonly hint?: string;
  /** The object it was found on, where there is one. */
  readonly manifest?: Manifest;
  /** Where the definition stands that is wrong, where it is not the one behind the manifest. */
  readonly source?: CallSite;
  /** The file and line it was found in, where it is no object: an image pin. */
  readonly position?: { readonly file: string; readonly line: number };
}
