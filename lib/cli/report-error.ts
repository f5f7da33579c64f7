import { CommanderError } from "commander";
import { locationOfFrame } from "../definition/source-location.ts";
import { asMistyped } from "../errors/mistyped.ts";
import { UserError } from "../errors/user-error.ts";
import type { Io } from "./io.ts";

/** What people write; a place in here is where they would mend it. */
const writtenByPeople = /^(apps|environments)\//;

/** What is needed of the world to tell of an error. */
type ErrorIo = Pick<Io, "stderr" | "originalPosition">;

/**
 * Tells what went wrong: an author's mistake in a few words, with the place to mend, everything else with its stack and causes. What fails on
 * values of wrong types, on a line that people wrote, is their mistake too: types are not checked before definitions are loaded.
 *
 * @returns the exit code: 2, or 0 where commander has only printed its help
 */
export function reportError(error: unknown, io: ErrorIo): number {
  // commander has printed its own message already
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UserError) return tellMistake(error, placeOf(error, io), io);
  const mistyped = asMistyped(error);
  const written = mistyped && writtenPlace(mistyped.cause, io);
  if (mistyped !== undefined && written !== undefined) return tellMistake(mistyped, written, io);
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    io.stderr(`${cause === error ? "" : "caused by: "}${cause.stack ?? cause.message}\n`);
  }
  if (!(error instanceof Error)) io.stderr(`${JSON.stringify(error)}\n`);
  return 2;
}

function tellMistake(error: UserError, place: string | undefined, io: ErrorIo): number {
  // where a construct failed on values of wrong types tells whose mistake it was, should types be right
  const [thrown] = asMistyped(error.cause) === undefined ? [] : placesOf(error.cause, io);
  io.stderr(`error: ${error.message}\n`);
  if (place !== undefined) io.stderr(`  at ${place}\n`);
  if (thrown !== undefined && thrown !== place) io.stderr(`  thrown at ${thrown}\n`);
  if (error.hint !== undefined) io.stderr(`  hint: ${error.hint}\n`);
  return 2;
}

/** The definition that is wrong, or the first of the author's own lines on the way to the mistake. */
function placeOf(error: UserError, io: ErrorIo): string | undefined {
  const location = error.at?.location;
  return location === undefined ? writtenPlace(error, io) : original(location.file, location.line, location.column, io);
}

function writtenPlace(error: unknown, io: ErrorIo): string | undefined {
  return placesOf(error, io).find((place) => writtenByPeople.test(place));
}

/** The lines of the sources on an error's stack, innermost first. */
function placesOf(error: unknown, io: ErrorIo): string[] {
  const frames = error instanceof Error ? (error.stack ?? "").split("\n") : [];
  return frames
    .map(locationOfFrame)
    .map((found) => found && original(found.file, found.line, found.column, io))
    .filter((place) => place !== undefined);
}

function original(file: string, line: number, column: number, io: ErrorIo): string | undefined {
  const position = io.originalPosition === undefined ? { file, line } : io.originalPosition(file, line, column);
  return position && `${position.file}:${position.line}`;
}
