import { UserError } from "../../../lib/errors/user-error.ts";

/** What a person is told of an error: a mistake in a few words, everything else with its stack and causes. */
export function reportFailure(error: unknown): string {
  if (error instanceof UserError) return `error: ${error.message}\n${error.hint === undefined ? "" : `  hint: ${error.hint}\n`}`;
  if (!(error instanceof Error)) return `${String(error)}\n`;
  return `${error.stack ?? error.message}\n${error.cause === undefined ? "" : `caused by: ${reportFailure(error.cause)}`}`;
}
