import { UserError } from "../../lib/errors/user-error.ts";

/** What a person reads of the UserError that `act` throws: message, and hint on a second line. */
export function caught(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.hint === undefined ? error.message : `${error.message}\nhint: ${error.hint}`;
  }
  throw new Error("expected a UserError, got none");
}
