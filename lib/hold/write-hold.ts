import { quotedLine } from "../manifest/quoted-line.ts";
import { writeFlatEntry, type WrittenFlatFile } from "../manifest/write-flat-entry.ts";
import type { Hold } from "./hold.ts";

/** What a new file starts with. */
const header = "# written by `keelson hold`, one hold a line\n";

/** Texts that mean themselves to every YAML reader: no number, no `yes`, no `null`. */
const plain = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[a-z][-\w.@]*$/i;

/**
 * Puts a hold on its line, or on a new one in the order of targets; no other byte changes.
 *
 * @param text - `undefined` where there is no file yet
 * @param file - its path as messages should name it
 * @throws UserError when the file is no map, or the target stands there twice or not on one line
 */
export function writeHold(text: string | undefined, file: string, hold: Omit<Hold, "line">): string {
  const { until, by, reason, ticket } = hold;
  const fields = [
    `until: ${until}`,
    `by: ${scalar(by)}`,
    `reason: ${quotedLine(reason)}`,
    ...(ticket ? [`ticket: ${scalar(ticket)}`] : []),
  ];
  return writeFlatEntry(text ?? header, hold.target, `{ ${fields.join(", ")} }`, writtenHolds(file));
}

/**
 * Takes a hold out, with its line; no other byte changes, and nothing does where there is none.
 *
 * @param text - `undefined` where there is no file
 * @param file - its path as messages should name it
 * @returns `undefined`: the file holds nothing any more, and may go
 * @throws UserError when the file is no map, or the target stands there twice
 */
export function removeHold(text: string | undefined, file: string, target: string): string | undefined {
  if (text === undefined) return undefined;
  const rest = writeFlatEntry(text, target, undefined, writtenHolds(file));
  return rest !== text && ["", header.trim()].includes(rest.trim()) ? undefined : rest;
}

function writtenHolds(file: string): WrittenFlatFile {
  return { file, holds: "hold", entry: "the hold of", titled: true, maps: true };
}

function scalar(text: string): string {
  return plain.test(text) ? text : quotedLine(text);
}
