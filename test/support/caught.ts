import { UserError } from "../../lib/errors/user-error.ts";

/** What a person reads of the UserError that `act` throws: message, and hint on a second line. */
export function caught(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return asText(error);
  }
  throw new Error("expected a UserError, got none");
}

/** The same of one that `act` rejects with. */
export async function caughtLater(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
  } catch (error) {
    return asText(error);
  }
  throw new Error("expected a UserError, got none");
}

function asText(error: unknown): string {
  if (!(error instanceof UserError)) throw error;
  return error.hint === undefined ? error.message : `${error.message}\nhint: ${error.hint}`;
}
