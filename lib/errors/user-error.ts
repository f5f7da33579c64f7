/** Knows where a definition stands, once somebody asks. */
export interface DefinitionPlace {
  readonly location: { readonly file: string; readonly line: number; readonly column: number } | undefined;
}

/** What may accompany a {@link UserError}. */
export interface UserErrorOptions {
  /** What to do next, in the author's words. */
  readonly hint?: string;
  /** The error underneath, kept for the stack. */
  readonly cause?: unknown;
  /** Where the definition stands that is wrong, when the error is found later than it was written. */
  readonly at?: DefinitionPlace;
}

/**
 * The author of a definition, a pin or a command line gave something that cannot be used.
 * Printed without a stack: `error: <message>` and `hint: <hint>`. Every other error is a bug or a broken machine.
 *
 * The message names the thing in quotes, says what is wrong and what was got; lower case, no final period.
 */
export class UserError extends Error {
  readonly hint: string | undefined;
  readonly at: DefinitionPlace | undefined;

  constructor(message: string, options: UserErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = "UserError";
    this.hint = options.hint;
    this.at = options.at;
  }
}
