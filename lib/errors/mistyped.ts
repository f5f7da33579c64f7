import { type DefinitionPlace, UserError } from "./user-error.ts";

const hint = "run `npm run types`: synth and validate do not check types";

/** What is known of a mistake beside the error. */
export interface MistypedOptions {
  /** What failed, in front of the engine's own words. @default those alone */
  readonly subject?: string;
  /** The definition whose values were met. */
  readonly at?: DefinitionPlace;
}

/**
 * What values of wrong types end in where they are used, as their author's mistake: `Tls.issuedby is not a function`.
 *
 * @returns `undefined` for an error of any other sort
 */
export function asMistyped(error: unknown, { subject, at }: MistypedOptions = {}): UserError | undefined {
  if (!(error instanceof TypeError || error instanceof ReferenceError)) return undefined;
  // the engine names no cause: this is of `fetch`, which throws a TypeError when a connection fails
  if (error.cause !== undefined) return undefined;
  const message = subject === undefined ? error.message : `${subject}: ${error.message}`;
  return new UserError(message, { hint, cause: error, ...(at !== undefined && { at }) });
}
