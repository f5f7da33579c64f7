import type { CallSite } from "../definition/source-location.ts";
import type { Issue } from "../manifest/issue.ts";
import type { Io } from "./io.ts";

/** A line of a file; the file relative to the project's folder, `/`-separated. */
export interface FileLine {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** What is needed of the world to find a line of the sources. */
export type PlaceIo = Pick<Io, "originalPosition">;

/** The line that the author of an issue would open: of a file, else of the definition that is wrong, else of the one behind the object. */
export function placeOfIssue({ position, source, manifest }: Issue, io: PlaceIo): FileLine | undefined {
  return position ?? placeOfCall(source ?? manifest?.source, io);
}

/** The line on which a `define…` function or `waive` was called, in the sources. */
export function placeOfCall(callSite: CallSite | undefined, io: PlaceIo): FileLine | undefined {
  const location = callSite?.location;
  if (location === undefined) return undefined;
  const original = io.originalPosition?.(location.file, location.line, location.column) ?? location;
  return { file: original.file, line: original.line };
}
