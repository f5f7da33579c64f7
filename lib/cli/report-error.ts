import { CommanderError } from "commander";
import { locationOfFrame } from "../definition/source-location.ts";
import { UserError } from "../errors/user-error.ts";
import type { Io } from "./io.ts";

/** What people write; a place in here is where they would mend it. */
const writtenByPeople = /^(apps|environments)\//;

/** What is needed of the world to tell of an error. */
type ErrorIo = Pick<Io, "stderr" | "originalPosition">;

/**
 * Tells what went wrong: an author's mistake in a few words, with the place to mend, everything else with its stack and causes.
 *
 * @returns the exit code: 2, or 0 where commander has only printed its help
 */
export function reportError(error: unknown, io: ErrorIo): number {
  // commander has printed its own message already
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UserError) {
    const place = placeOf(error, io);
    io.stderr(`error: ${error.message}\n`);
    if (place !== undefined) io.stderr(`  at ${place}\n`);
    if (error.hint !== undefined) io.stderr(`  hint: ${error.hint}\n`);
    return 2;
  }
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    io.stderr(`${cause === error ? "" : "caused by: "}${cause.stack ?? cause.message}\n`);
  }
  if (!(error instanceof Error)) io.stderr(`${JSON.stringify(error)}\n`);
  return 2;
}

/** The definition that is wrong, or the first of the author's own lines on the way to the mistake. */
function placeOf(error: UserError, io: ErrorIo): string | undefined {
  const location = error.at?.location;
  if (location !== undefined) return original(location.file, location.line, location.column, io);
  for (const frame of (error.stack ?? "").split("\n")) {
    const found = locationOfFrame(frame);
    const place = found && original(found.file, found.line, found.column, io);
    if (place !== undefined && writtenByPeople.test(place)) return place;
  }
  return undefined;
}

function original(file: string, line: number, column: number, io: ErrorIo): string | undefined {
  const position = io.originalPosition === undefined ? { file, line } : io.originalPosition(file, line, column);
  return position && `${position.file}:${position.line}`;
}
